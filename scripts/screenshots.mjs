/** npm run screenshots [-- FOLDER]: every screen of the dashboard, both themes, wide and narrow. */
import { join, resolve } from "node:path";
import process from "node:process";
import { setUp } from "./setup.mjs";
import { ROOT, run, toolEnv } from "./shell.mjs";

try {
  await setUp({ browser: true });
  const folder = resolve(process.argv[2] ?? join(ROOT, "screenshots"));
  const env = toolEnv({ SEEDMASK_SCREENSHOTS: folder, SEEDMASK_E2E_RUN: "demo" });
  const args = ["test", "--config", "tests/playwright.config.ts", "--project", "screenshots"];
  const { code } = await run("playwright", args, { env, show: true });
  console.log(`Pictures: ${folder}`);
  process.exitCode = code;
} catch (error) {
  console.error(`✗ ${error.message}`);
  process.exitCode = 1;
}
