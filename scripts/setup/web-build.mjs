/** The production build of the dashboard, made again only when a source it depends on has changed. */
import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, run } from "../shell.mjs";

const WEB = join(ROOT, "apps", "web");
const BUILD = join(WEB, ".next");
const WEB_SERVER = join(BUILD, "standalone", "apps", "web", "server.js");
const RECORD = join(BUILD, "seedmask-build.json");

const SOURCES = [
  "package-lock.json",
  "tsconfig.base.json",
  "apps/web/*.{ts,mjs,json}",
  "apps/web/{src,public,scripts}/**/*",
  "packages/{db,ui}/{package.json,src/**/*}",
  "packages/core/{package.json,configs/*,src/contract/**/*}",
];
const isSource = (path) => !/\.(test|examples)\.tsx?$|next-env\.d\.ts|tsbuildinfo/.test(path);

/** One hash over the names and bytes of everything the build reads. */
function sourcesHash() {
  const hash = createHash("sha256");
  for (const path of globSync(SOURCES, { cwd: ROOT }).filter(isSource).toSorted()) {
    const file = join(ROOT, path);
    if (statSync(file).isFile()) hash.update(`${path}\0`).update(readFileSync(file));
  }
  return hash.digest("hex");
}

const builtHash = () =>
  existsSync(RECORD) && existsSync(WEB_SERVER) ? JSON.parse(readFileSync(RECORD)).sources : null;

export async function ensureWebBuild({ log }) {
  const sources = sourcesHash();
  if (builtHash() === sources) return "built from these sources already";
  log("next build");
  for (const [program, ...args] of [
    ["next", "build"],
    ["node", "scripts/copy-static.mjs"],
  ]) {
    const { code, output } = await run(program, args, { cwd: WEB });
    if (code !== 0) throw new Error(`setup: ${program} ${args}: exit ${code}.\n${output.trim()}`);
  }
  writeFileSync(RECORD, JSON.stringify({ sources }));
  return "built";
}
