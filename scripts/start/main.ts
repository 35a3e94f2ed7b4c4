import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";
import { ensureDemoDataset, launchDemoRun } from "../../apps/worker/src/demo.ts";
import { followRun } from "./follow-run.ts";
import { freePort } from "./free-port.ts";
import { findInstance, forgetInstance, recordInstance } from "./instance.ts";
import { runResult } from "./run-result.ts";
import { type Stack, startStack } from "./stack.ts";
import { StartError } from "./start-error.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const log = (line: string): void => console.log(`✓ ${line}`);

/** What parseStartOptions of options.mjs gives. */
interface StartOptions {
  /** End once the demo run has ended. */
  readonly exit: boolean;
  /** File the result of the demo run is written to. */
  readonly json: string | null;
  /** Null: 3000, or the next free one. */
  readonly port: number | null;
  readonly host: string;
  readonly demo: boolean;
}

interface Timings {
  /** `performance.now()` of the command's begin. */
  readonly start: number;
  readonly setupSeconds: Readonly<Record<string, number>>;
}

/** Makes the built-in dataset, launches the demo run at the first start, and shows it to its end. */
async function demo(
  stack: Stack,
  {
    home,
    json,
    timings,
    signal,
  }: {
    home: string;
    json: string | null;
    timings: Timings;
    signal: AbortSignal;
  },
): Promise<boolean> {
  const dataset = await ensureDemoDataset({ db: stack.db, home });
  log(`built-in dataset: ${dataset.created ? "made" : "there already"}`);
  const { id, name, created } = await launchDemoRun({ db: stack.db, dataset: dataset.hash });
  console.log(
    `${created ? "Demo run" : "Demo run of an earlier start"} ${name}: ${stack.url}/runs/${id}`,
  );
  const run = await followRun(stack.db, id, { signal });
  const iou = run.meanIou === null ? "" : `, mean IoU ${(run.meanIou * 100).toFixed(1)} %`;
  console.log(`Demo run ${run.status}${iou}.`);
  if (json !== null) {
    const totalSeconds = (performance.now() - timings.start) / 1000;
    const result = runResult(run, { setupSeconds: timings.setupSeconds, totalSeconds });
    writeFileSync(json, `${JSON.stringify(result, null, 2)}\n`);
    log(`result: ${resolve(json)}`);
  }
  return run.status === "succeeded";
}

/** Settles at Ctrl-C or SIGTERM. */
function interruption(): { signal: AbortSignal; interrupted: Promise<void> } {
  const controller = new AbortController();
  const interrupted = new Promise<void>((settle) => {
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(name, () => {
        controller.abort();
        settle();
      });
    }
  });
  return { signal: controller.signal, interrupted };
}

/** `npm start` after set-up; gives the exit code. */
export async function main(options: StartOptions, timings: Timings): Promise<number> {
  const home = resolve(process.env["SEEDMASK_HOME"] ?? join(ROOT, ".seedmask"));
  mkdirSync(home, { recursive: true });
  const other = findInstance(home);
  if (other) {
    console.error(`Seedmask runs already on ${home}: ${other.url} (process ${other.pid}).`);
    return 1;
  }
  const port = await freePort(options.port);
  const { signal, interrupted } = interruption();
  const stack = await startStack({ home, port, host: options.host, log });
  recordInstance(home, {
    pid: process.pid,
    url: stack.url,
    databaseUrl: stack.databaseUrl,
    children: [
      { pid: stack.web.pid, command: "server.js" },
      { pid: stack.worker.pid, command: "main.ts" },
    ],
  });
  console.log(`\n  Seedmask: ${stack.url}\n`);

  const end = async (): Promise<number> => {
    if (options.demo) {
      const succeeded = await demo(stack, { home, json: options.json, timings, signal });
      if (options.exit) return succeeded ? 0 : 1;
    }
    console.log(`The dashboard is at ${stack.url}. Ctrl-C stops everything.`);
    await interrupted;
    return 0;
  };
  const broken = stack.broken.then((sentence) => {
    throw new StartError(sentence);
  });
  try {
    return await Promise.race([end(), broken, interrupted.then(() => 130)]);
  } finally {
    console.log("\nStopping …");
    await stack.stop();
    forgetInstance(home);
    console.log("Stopped.");
  }
}
