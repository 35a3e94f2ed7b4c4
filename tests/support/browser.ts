import { existsSync } from "node:fs";
import process from "node:process";

/** Quiet, offline, and without the sandbox that containers do not allow. */
const CHROMIUM_ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** `npm test` names the one it found; else Debian's, else the one Playwright has installed. */
const browser =
  process.env["SEEDMASK_CHROMIUM"] ?? ["/usr/bin/chromium"].find((path) => existsSync(path));

export const LAUNCH_OPTIONS = {
  args: CHROMIUM_ARGS,
  ...(browser === undefined ? {} : { executablePath: browser }),
};
