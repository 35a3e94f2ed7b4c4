import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Whether a path is there; follows links, so a dangling link is not. */
export const exists = (path) =>
  stat(path).then(
    () => true,
    () => false,
  );

export const readJson = async (path) => JSON.parse(await readFile(path, "utf8"));

/** Runs `work`, then prints what it was and how long it took. */
export async function timed(log, what, work) {
  const start = performance.now();
  const result = await work();
  log(`engine: ${what} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  return result;
}

/**
 * Runs a program to its end and gives its standard output. A failure is an error that holds the last
 * lines of what the program said; `timeoutSeconds` ends a program that hangs.
 */
export function run(program, args, { cwd, env, timeoutSeconds = 900 } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const limit = setTimeout(() => child.kill("SIGKILL"), timeoutSeconds * 1000);
    const output = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"]) {
      child[stream].setEncoding("utf8");
      child[stream].on("data", (text) => {
        output[stream] += text;
      });
    }
    child.on("error", (cause) => {
      clearTimeout(limit);
      reject(new Error(`${program}: ${cause.message}`, { cause }));
    });
    child.on("close", (code, signal) => {
      clearTimeout(limit);
      if (code === 0) return resolve(output.stdout);
      const said = `${output.stdout}\n${output.stderr}`.trim().split("\n").slice(-12).join("\n");
      const end = signal === null ? `exit ${code}` : `stopped by ${signal}`;
      reject(new Error(`${program} ${args[0] ?? ""}: ${end}\n${said}`));
    });
  });
}

/**
 * Makes a folder whole or not at all: `fill` works in a folder beside the target, which is renamed
 * at the end. Whoever comes second finds the first one's folder and keeps it.
 */
export async function makeFolder(target, fill) {
  await mkdir(dirname(target), { recursive: true });
  const draft = await mkdtemp(join(dirname(target), ".draft-"));
  try {
    await fill(draft);
    await rename(draft, target).catch(async (cause) => {
      if (!(await exists(target))) throw cause;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
