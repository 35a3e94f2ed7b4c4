/** The npm packages, and the Node that comes with them. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { ROOT, run, toolEnv } from "../shell.mjs";

const LEAST_NODE = 20;
const REPOSITORY_NODE = join(ROOT, "node_modules", ".bin", "node");

const majorOf = (version) => Number(version.split(".")[0]);

export function checkMachine() {
  if (majorOf(process.versions.node) < LEAST_NODE) {
    throw new Error(
      `setup: expected Node ${LEAST_NODE} or newer to begin with, got ${process.versions.node}. Install it from nodejs.org.`,
    );
  }
}

const readJson = (path) => JSON.parse(readFileSync(join(ROOT, path), "utf8"));

/** Packages of the lock file that are not there in that version; optional ones may be missing. */
function stalePackages() {
  const record = "node_modules/.package-lock.json";
  if (!existsSync(join(ROOT, record))) return null;
  const installed = readJson(record).packages;
  return Object.entries(readJson("package-lock.json").packages).filter(
    ([path, { version, optional, link }]) =>
      path.includes("node_modules/") && !optional && !link && installed[path]?.version !== version,
  );
}

/** npm itself runs as a program of Node: the one that started us, else the one on the path. */
function runNpm(args) {
  const cli = process.env.npm_execpath;
  return cli?.endsWith(".js")
    ? run(process.execPath, [cli, ...args], { show: true })
    : run("npm", args, { show: true });
}

export async function ensurePackages({ log }) {
  const stale = stalePackages();
  if (stale?.length === 0) return "all there";
  log(stale === null ? "none yet: npm ci" : `${stale.length} differ from the lock file: npm ci`);
  const { code, output } = await runNpm(["ci", "--loglevel=error"]);
  if (code !== 0) {
    const last = output.trim().split("\n").slice(-5).join("\n");
    throw new Error(`setup: npm ci failed with exit ${code}. Is the registry reachable?\n${last}`);
  }
  return "installed";
}

const isRepositoryNode = () =>
  existsSync(REPOSITORY_NODE) && realpathSync(REPOSITORY_NODE) === realpathSync(process.execPath);

/** Whether this Node runs TypeScript as it is and knows what the compute engine needs. */
const isFitNode = () => majorOf(process.versions.node) === 22 && process.features.typescript;

/**
 * Begins this command again under Node 22, which is told the seconds that were spent so far, and ends
 * with its exit code; returns where this is Node 22. Signals are the new process's to answer: this one
 * only waits for it.
 */
export async function enterRepositoryNode(secondsSoFar) {
  if (isRepositoryNode() || isFitNode()) return;
  if (!existsSync(REPOSITORY_NODE)) {
    throw new Error(
      `setup: expected Node 22.18 or newer of the 22 line, got ${process.versions.node}, and there is no packaged Node for ${process.platform}-${process.arch}. Install Node 22.`,
    );
  }
  const env = toolEnv({ SEEDMASK_SECONDS_SO_FAR: String(secondsSoFar) });
  const child = spawn(REPOSITORY_NODE, process.argv.slice(1), { stdio: "inherit", env });
  process.on("SIGINT", () => undefined);
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  const [code] = await once(child, "close");
  process.exit(code ?? 1);
}
