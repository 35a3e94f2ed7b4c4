/**
 * Counts lint disables, so that they can only be noticed; each one gives its reason on its line,
 * after two hyphens: `oxlint-disable-next-line no-console -- the terminal is the output`.
 */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { ROOT } from "./shell.mjs";

const FILES = "{packages,apps,tests,scripts}/**/*.{ts,tsx,mjs,cjs}";
const isOurs = (path) => !/node_modules|\.next|\/dist\//.test(path);
const DIRECTIVE = /(?:\/\/|\/\*)\s*(?:oxlint|eslint)-disable/;
const REASON = /--\s+\S/;

/** Every disable as `{ where, text, reasoned }`. */
export function findDisables(root = ROOT) {
  return globSync(FILES, { cwd: root, exclude: (path) => !isOurs(path) })
    .filter(isOurs)
    .flatMap((path) =>
      readFileSync(join(root, path), "utf8")
        .split("\n")
        .flatMap((text, index) =>
          DIRECTIVE.test(text)
            ? [{ where: `${path}:${index + 1}`, text: text.trim(), reasoned: REASON.test(text) }]
            : [],
        ),
    );
}

if (import.meta.main) {
  const disables = findDisables();
  const bare = disables.filter((disable) => !disable.reasoned);
  for (const { where, text } of bare) console.error(`${where}: say why, after "--": ${text}`);
  console.log(`${disables.length} lint disables, ${bare.length} without a reason`);
  process.exitCode = bare.length > 0 ? 1 : 0;
}
