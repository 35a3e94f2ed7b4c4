import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { z } from "zod";

const ROOT = join(import.meta.dirname, "..", "..");
const SECONDS_TO_STOP = 30;

const instanceSchema = z.object({ url: z.string(), databaseUrl: z.string() });

export interface RunningStack {
  readonly url: string;
  readonly databaseUrl: string;
  /** Settles with the exit code, wanted or not. */
  readonly ended: Promise<number>;
  stop(): Promise<void>;
  workerLog(): Promise<string>;
}

/** `npm start -- --no-demo` on a home of its own, as a user has it; settled once it answers. */
export async function launchStack(home: string, port: number): Promise<RunningStack> {
  const args = ["scripts/start.mjs", "--no-demo", "--port", String(port)];
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, SEEDMASK_HOME: home },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<number>((settle) => child.on("close", (code) => settle(code ?? 1)));
  const running = new Promise<true>((settle) => {
    child.stdout.on("data", (chunk: Buffer) => {
      process.stdout.write(chunk);
      if (chunk.toString().includes("Ctrl-C stops everything")) settle(true);
    });
  });
  const outcome = await Promise.race([running, ended]);
  if (outcome !== true) throw new Error(`tests: npm start ended with exit ${outcome}.`);
  const instance = JSON.parse(await readFile(join(home, "instance.json"), "utf8"));
  return {
    ...instanceSchema.parse(instance),
    ended,
    stop: async () => {
      child.kill("SIGTERM");
      const limit = setTimeout(() => child.kill("SIGKILL"), SECONDS_TO_STOP * 1000);
      await ended;
      clearTimeout(limit);
    },
    workerLog: () => readFile(join(home, "logs", "worker.log"), "utf8"),
  };
}
