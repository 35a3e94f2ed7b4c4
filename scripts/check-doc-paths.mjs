/**
 * Every path a document cites exists: relative links, and code words that begin with a folder of this
 * repository. Decision notes are history and may cite what has gone since.
 */
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import process from "node:process";
import { ROOT } from "./shell.mjs";

const DOCUMENTS = "{*.md,docs/*.md,{packages,apps,tests}/**/*.md}";
const LINK = /\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g;
const CODE_PATH = /`((?:packages|apps|tests|scripts|docs|\.ci)\/[\w./@()[\]-]+)`/g;

/** Paths one document cites, relative to the root. */
function citedPaths(text, document) {
  const prose = text.replace(/^```[^]*?^```/gm, "");
  const links = [...prose.matchAll(LINK)].map(([, path]) => join(dirname(document), path));
  const words = [...prose.matchAll(CODE_PATH)].map(([, path]) => path);
  return [...links, ...words].map((path) => normalize(path));
}

/** Citations that lead nowhere, as `document: path`, and how many were looked at. */
export function checkDocPaths(root = ROOT) {
  const documents = globSync(DOCUMENTS, { cwd: root }).filter((p) => !p.includes("node_modules"));
  const cited = documents.flatMap((document) =>
    citedPaths(readFileSync(join(root, document), "utf8"), document).map((path) => ({
      document,
      path,
    })),
  );
  const missing = cited.filter(({ path }) => !existsSync(join(root, path)));
  return { cited: cited.length, missing: missing.map((m) => `${m.document}: ${m.path}`) };
}

if (import.meta.main) {
  const { cited, missing } = checkDocPaths();
  for (const line of missing) console.error(`${line} does not exist`);
  console.log(`${cited} paths cited, ${missing.length} missing`);
  process.exitCode = missing.length > 0 ? 1 : 0;
}
