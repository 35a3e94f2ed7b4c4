import { type ChildProcess, spawn } from "node:child_process";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { FINAL_RUN_STATUSES, plannedStages, type StageName } from "@seedmask/core/contract";
import { importDataset, makeSyntheticDataset } from "@seedmask/core/pipeline";
import {
  cancelRun,
  closeDatabase,
  createRun,
  type Database,
  getRun,
  migrateDatabase,
  openDatabase,
  recordDatasetVersion,
  type RunDetail,
  SYSTEM_ACTOR,
} from "@seedmask/db";
import { ensurePostgres } from "@seedmask/db/embedded";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { tinyConfig } from "./tiny-config.ts";

const WORKER = join(import.meta.dirname, "../../apps/worker/src/main.ts");
/** A dead worker is found after ten seconds of silence; the rest is work on a busy machine. */
const PATIENCE_SECONDS = 240;

let home: string;
let db: Database;
let url: string;
let dataset: string;
let stopPostgres: () => Promise<void>;
let worker: ChildProcess;
let seed = 100;

function startWorker(): ChildProcess {
  const env = {
    ...process.env,
    SEEDMASK_HOME: home,
    DATABASE_URL: url,
    SEEDMASK_CHECKPOINT_SECONDS: "0",
    SEEDMASK_LOG_LEVEL: "error",
  };
  return spawn(process.execPath, [WORKER], { env, stdio: "inherit" });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  child.once("exit", () => resolve());
  child.kill(signal);
  await promise;
}

/** Process ids of the children of a process. */
async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8").catch(() => "");
  return text.split(" ").filter(Boolean).map(Number);
}

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "seedmask-faults-"));
  // The server may run as a user of its own, who has to get in.
  await chmod(home, 0o755);
  const postgres = await ensurePostgres({ dir: join(home, "postgres") });
  ({ url, stop: stopPostgres } = postgres);
  db = openDatabase(url, { max: 3 });
  await migrateDatabase(db);
  const scenes = join(home, "scenes");
  await makeSyntheticDataset({ to: scenes, seed: 3, images: 24, size: 64 });
  const { manifest, report } = await importDataset(scenes, { home, name: "scenes" });
  dataset = manifest.hash;
  await recordDatasetVersion(db, { actor: SYSTEM_ACTOR, manifest, report });
});
afterEach(() => end(worker, "SIGKILL"));
afterAll(async () => {
  await closeDatabase(db);
  await stopPostgres();
  await rm(home, { recursive: true, force: true });
});

/** A run of its own seed, so that nothing of an earlier one is reused. */
async function launch(classifierEpochs = 3): Promise<string> {
  seed += 1;
  const brief = tinyConfig();
  const classifier = { ...brief.classifier, epochs: classifierEpochs };
  const config = { ...brief, classifier, seed };
  const facts = { actor: SYSTEM_ACTOR, dataset, codeVersion: "test" };
  const [run] = await createRun(db, { ...facts, config });
  return run!.id;
}

/** Polls a run until it is as wanted; the database may be away meanwhile. */
async function until(id: string, wanted: (run: RunDetail) => boolean): Promise<RunDetail> {
  const limit = performance.now() + PATIENCE_SECONDS * 1000;
  for (;;) {
    const run = await getRun(db, id).catch(() => null);
    if (run && wanted(run)) return run;
    if (performance.now() > limit) {
      throw new Error(`run ${id} is ${run?.status} at ${run?.stage}: ${run?.error?.message}`);
    }
    await sleep(25);
  }
}

const isOver = ({ status }: RunDetail): boolean => FINAL_RUN_STATUSES.includes(status);
const runsStage = (name: StageName) => (run: RunDetail) =>
  run.stages.some(
    ({ stage, status, progress }) => stage === name && status === "running" && progress !== null,
  );

describe("worker", () => {
  it("goes on when its compute child is killed in every stage", async () => {
    worker = startWorker();
    const id = await launch();
    const killed = new Set<StageName>();
    const run = await until(id, (current) => {
      const running = current.stages.find(({ status }) => status === "running");
      if (running && !killed.has(running.stage)) {
        killed.add(running.stage);
        void childrenOf(worker.pid!).then((pids) => {
          for (const pid of pids) process.kill(pid, "SIGKILL");
        });
      }
      return isOver(current);
    });
    expect(run.status, run.error?.message).toBe("succeeded");
    expect([...killed]).toEqual(plannedStages(run.config));
    const attempts = run.stages.map(({ attempt }) => attempt);
    expect(Math.min(...attempts)).toBe(2);
    expect(run.meanIou).not.toBeNull();
  });

  it("has another worker take over, once, when it is killed itself", async () => {
    worker = startWorker();
    const id = await launch();
    await until(id, runsStage("train-segmenter"));
    await end(worker, "SIGKILL");
    worker = startWorker();
    const run = await until(id, isOver);
    expect(run.status, run.error?.message).toBe("succeeded");
    expect(run.stages.map(({ attempt }) => attempt)).toEqual([1, 1, 1, 1, 2, 1, 1]);
  });

  it("survives the death of PostgreSQL", async () => {
    worker = startWorker();
    const id = await launch();
    await until(id, runsStage("train-classifier"));
    const record = await readFile(join(home, "postgres/data/postmaster.pid"), "utf8");
    process.kill(Number(record.split("\n")[0]), "SIGKILL");
    await sleep(1000);
    await ensurePostgres({ dir: join(home, "postgres") });
    const run = await until(id, isOver);
    expect(run.status, run.error?.message).toBe("succeeded");
  });

  it("stops a cancelled run within seconds and takes up the next", async () => {
    worker = startWorker();
    const id = await launch(60);
    await until(id, runsStage("train-classifier"));
    const since = performance.now();
    await cancelRun(db, { actor: SYSTEM_ACTOR, runId: id });
    const run = await until(id, isOver);
    expect(run.status).toBe("cancelled");
    expect(performance.now() - since).toBeLessThan(8000);
    expect((await until(await launch(), isOver)).status).toBe("succeeded");
  });

  it("gives its stage back when it is asked to stop", async () => {
    worker = startWorker();
    const id = await launch(60);
    await until(id, runsStage("train-classifier"));
    await end(worker, "SIGTERM");
    expect(worker.exitCode).toBe(0);
    expect((await getRun(db, id)).status).toBe("queued");
    worker = startWorker();
    const run = await until(id, isOver);
    expect(run.status, run.error?.message).toBe("succeeded");
  });
});
