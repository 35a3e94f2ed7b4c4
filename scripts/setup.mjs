/**
 * npm run setup: makes this clone ready to run, once. Also the first step of `npm start` and
 * `npm test`. Needs Node's own modules only: it runs before the packages are there.
 *
 * Options: --browser also finds or installs a browser for the end-to-end tests.
 */
import process from "node:process";
import { pathToFileURL } from "node:url";
import { checkMachine, ensurePackages, enterRepositoryNode } from "./setup/packages.mjs";
import { formatSeconds, secondsSince } from "./shell.mjs";

/**
 * Steps that run under the repository's own Node; they are loaded there, not before. A step gives a
 * sentence of what it found or did; its seconds are printed beside it.
 */
const STEPS = {
  engine: async (options) => (await import("./setup/engine.mjs")).ensureEngine(options),
  database: async (options) => (await import("./setup/database.mjs")).ensureDatabase(options),
  dashboard: async (options) => (await import("./setup/web-build.mjs")).ensureWebBuild(options),
  browser: async (options) => (await import("./setup/browser.mjs")).ensureBrowser(options),
};

const log = (line) => console.log(`  ${line}`);

async function step(name, work, timings) {
  const start = performance.now();
  const said = await work({ log });
  const seconds = secondsSince(start);
  timings[name] = Math.max(0.1, Number(seconds.toFixed(1)));
  console.log(`✓ ${name}: ${said} (${formatSeconds(seconds)})`);
}

/** Seconds a process before this one has spent on the same command: see enterRepositoryNode. */
const secondsSoFar = Number(process.env.SEEDMASK_SECONDS_SO_FAR ?? 0);
delete process.env.SEEDMASK_SECONDS_SO_FAR;

/** When the command began, on this process's clock (whose 0 is its own begin): for secondsSince. */
export const commandStart = -secondsSoFar * 1000;

/**
 * Runs every step that is not done yet; gives the seconds of each. Leaves this process, to
 * go on under the repository's own Node, where it was started by another one.
 */
export async function setUp({ browser = false } = {}) {
  const timings = { packages: secondsSoFar };
  if (secondsSoFar === 0) {
    checkMachine();
    await step("packages", ensurePackages, timings);
    await enterRepositoryNode(timings.packages);
  }
  for (const [name, work] of Object.entries(STEPS)) {
    if (name !== "browser" || browser) await step(name, work, timings);
  }
  return timings;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await setUp({ browser: process.argv.includes("--browser") });
    console.log(`Ready in ${formatSeconds(secondsSince(commandStart))}. Next: npm start`);
  } catch (error) {
    console.error(`✗ ${error.message}`);
    process.exitCode = 1;
  }
}
