import { spawn } from "node:child_process";
import { join } from "node:path";
import { ConfigError } from "@seedmask/core/contract";
import type { Command } from "commander";
import { codeVersion } from "../code-version.ts";
import { env, pairedEnvironment } from "../env.ts";
import { note } from "./output.ts";
import { pair, type Paired } from "./pair.ts";

interface WorkerFlags {
  readonly url?: string;
  readonly token?: string;
  readonly home?: string;
}

const MAIN = join(import.meta.dirname, "..", "main.ts");

/** Runs the worker with what its pairing gave, and ends as it does. */
async function runPaired(paired: Paired): Promise<void> {
  const child = spawn(process.execPath, [MAIN], {
    env: pairedEnvironment(paired),
    stdio: "inherit",
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
  process.exitCode = await new Promise<number>((settle, fail) => {
    child.on("error", fail);
    child.on("exit", (code, signal) => settle(code ?? (signal === "SIGINT" ? 130 : 1)));
  });
}

async function workerCommand(flags: WorkerFlags): Promise<void> {
  const url = flags.url ?? env.url;
  const token = flags.token ?? env.workerToken;
  if (url === null && token === null) {
    await import("../main.ts");
    return;
  }
  if (url === null || token === null) {
    throw new ConfigError(
      "worker: expected --url and --token together. Queue & workers of the dashboard gives both.",
    );
  }
  const paired = await pair({ url, token, home: flags.home ?? null });
  const own = codeVersion();
  if (own !== paired.version) {
    note(
      `worker: the dashboard is at ${paired.version}, this worker at ${own}. Bring them together.`,
    );
  }
  note(`worker ${paired.name}: paired with ${url}, data home ${paired.home}`);
  await runPaired(paired);
}

/** `seedmask worker` */
export function addWorkerCommand(program: Command): void {
  program
    .command("worker")
    .description("Take up runs until it is stopped; with --url and --token as a paired worker")
    .option("--url <address>", "of the dashboard that made the token (or SEEDMASK_URL)")
    .option("--token <token>", "of the pairing (or SEEDMASK_WORKER_TOKEN, which ps does not show)")
    .option("--home <folder>", "where its data home is mounted here (default: the same path)")
    .action(workerCommand);
}
