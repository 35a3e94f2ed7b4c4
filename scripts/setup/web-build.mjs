/** The production build of the dashboard, made again only when a source it depends on has changed. */
import { createHash } from "node:crypto";
import { cpSync, existsSync, globSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, run } from "../shell.mjs";

const WEB = join(ROOT, "apps", "web");
const BUILD = join(WEB, ".next");
const SERVER_FOLDER = join(BUILD, "standalone", "apps", "web");
export const WEB_SERVER = join(SERVER_FOLDER, "server.js");
const RECORD = join(BUILD, "seedmask-build.json");

const SOURCES = [
  "package-lock.json",
  "tsconfig.base.json",
  "apps/web/*.{ts,mjs,json}",
  "apps/web/{src,public}/**/*",
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

/** The standalone server serves its static files from beside itself. */
function placeStaticFiles() {
  for (const [from, to] of [
    [join(BUILD, "static"), join(SERVER_FOLDER, ".next", "static")],
    [join(WEB, "public"), join(SERVER_FOLDER, "public")],
  ]) {
    if (existsSync(from)) cpSync(from, to, { recursive: true });
  }
}

export async function ensureWebBuild({ log }) {
  const sources = sourcesHash();
  if (builtHash() === sources) return "built from these sources already";
  log("next build");
  const { code, output } = await run("next", ["build"], { cwd: WEB });
  if (code !== 0) throw new Error(`setup: next build failed with exit ${code}.\n${output.trim()}`);
  placeStaticFiles();
  writeFileSync(RECORD, JSON.stringify({ sources }));
  return "built";
}
