/** A browser for the end-to-end tests: the one named, one of the system, Playwright's, or a new one. */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import process from "node:process";
import { run } from "../shell.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

function onPath(name) {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

async function playwrightBrowser() {
  const { chromium } = await import("@playwright/test");
  const file = chromium.executablePath();
  return existsSync(file) ? file : undefined;
}

/** The browser's program, or undefined where there is none. */
async function findBrowser() {
  const named = process.env.SEEDMASK_CHROMIUM;
  if (named) {
    if (!existsSync(named)) throw new Error(`SEEDMASK_CHROMIUM: no program at ${named}.`);
    return named;
  }
  return NAMES.map(onPath).find(Boolean) ?? (await playwrightBrowser());
}

/** Ways to get one, best first; each says whether it can be tried here. */
const WAYS = [
  {
    says: "apt-get install chromium",
    possible: () => process.getuid?.() === 0 && onPath("apt-get") !== undefined,
    commands: [
      ["apt-get", ["update", "-qq"]],
      ["apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"]],
    ],
  },
  {
    says: "playwright install chromium",
    possible: () => true,
    commands: [["playwright", ["install", "chromium"]]],
  },
];

/** Finds or installs one, and names it to the programs this one starts. */
export async function ensureBrowser({ log }) {
  const browser = (await findBrowser()) ?? (await installBrowser(log));
  process.env.SEEDMASK_CHROMIUM = browser;
  return browser;
}

async function installBrowser(log) {
  for (const { says, possible, commands } of WAYS) {
    if (!possible()) continue;
    log(says);
    for (const [program, args] of commands) {
      const { code, output } = await run(program, args);
      if (code !== 0) log(`exit ${code}: ${output.trim().split("\n").at(-1)}`);
    }
    const installed = await findBrowser();
    if (installed) return installed;
  }
  throw new Error(
    "setup: expected a Chromium for the end-to-end tests, found none and could not install one. Debian: apt install chromium; elsewhere: npx playwright install --with-deps chromium; or name one in SEEDMASK_CHROMIUM.",
  );
}
