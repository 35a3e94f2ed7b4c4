import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import process from "node:process";

const ROOT = join(import.meta.dirname, "..", "..");
const COMMAND = join(ROOT, "apps", "worker", "bin", "seedmask.mjs");

/** The `seedmask` command, started; what it writes to stdout can be piped. */
export const startSeedmask = (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildProcess =>
  spawn(process.execPath, [COMMAND, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });

/** Runs the `seedmask` command to its end and gives what it printed. */
export async function seedmask(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const child = startSeedmask(args, env);
  let text = "";
  child.stdout?.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`tests: seedmask ${args.join(" ")} ended with exit ${code}.`);
  return text;
}
