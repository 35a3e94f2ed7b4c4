import { type ChildProcess, fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type ArtifactsByKind,
  plannedStages,
  type ProgressEvent,
  type StageName,
  type StageRequest,
  type StageResult,
} from "@seedmask/core/contract";
import { importDataset, makeSyntheticDataset } from "@seedmask/core/pipeline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tinyConfig } from "./tiny-config.ts";

interface Message {
  readonly type: string;
  readonly event?: ProgressEvent;
  readonly result?: StageResult;
  readonly message?: string;
}

const config = tinyConfig();
const inputs: ArtifactsByKind = {};
const children: ChildProcess[] = [];
let root: string;
let dataset: string;
/** One data home lives an undisturbed life; in the other every stage is killed once. */
let calm: string;
let harsh: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "seedmask-resume-"));
  [calm, harsh] = [join(root, "calm"), join(root, "harsh")];
  const scenes = join(root, "scenes");
  await makeSyntheticDataset({ to: scenes, seed: 3, images: 16, size: 64 });
  for (const home of [calm, harsh]) {
    const { manifest } = await importDataset(scenes, { home, name: "scenes" });
    dataset = manifest.hash;
  }
});
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await rm(root, { recursive: true, force: true });
});

const startChild = (): ChildProcess => {
  const child = fork(new URL("stage-child.ts", import.meta.url), { serialization: "advanced" });
  children.push(child);
  return child;
};

/** Runs a stage in a child; with `dieAt` the child is killed once it has done so many steps or images. */
async function run(
  request: StageRequest,
  home: string,
  dieAt: number | null = null,
): Promise<{ result: StageResult | null; log: string[] }> {
  const child = startChild();
  const log: string[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<StageResult | null>();
  child.on("exit", () => resolve(null));
  child.on("message", ({ type, event, result, message }: Message) => {
    if (type === "ready") child.send({ request, home });
    else if (type === "done") resolve(result!);
    else if (type === "failed") reject(new Error(message));
    else if (event?.type === "log") log.push(event.message);
    else if (event?.type === "progress" && dieAt !== null && event.done >= dieAt) {
      child.kill("SIGKILL");
    }
  });
  try {
    return { result: await promise, log };
  } finally {
    child.kill("SIGKILL");
  }
}

const request = (stage: StageName, attempt: number): StageRequest => ({
  runId: "resume",
  stage,
  attempt,
  config,
  dataset,
  inputs,
});

describe("runStage", () => {
  it.each(plannedStages(config))(
    "%s, killed on its way, ends with the same result",
    async (stage) => {
      const { result: undisturbed } = await run(request(stage, 1), calm);
      const killed = await run(request(stage, 1), harsh, 2);
      expect(killed.result).toBeNull();
      const { result: resumed, log } = await run(request(stage, 2), harsh);
      expect(resumed).not.toBeNull();
      expect(resumed!.cached).toBe(false);
      expect(resumed!.outputs).toEqual(undisturbed!.outputs);
      expect(resumed!.metrics).toEqual(undisturbed!.metrics);
      expect(resumed!.evaluations).toEqual(undisturbed!.evaluations);
      if (stage.startsWith("train-")) {
        expect(log.some((line) => line.includes("goes on from step"))).toBe(true);
      }
      Object.assign(inputs, resumed!.outputs);
    },
  );

  it("takes over the result of an equal earlier run", async () => {
    const { result } = await run(request("train-classifier", 3), calm);
    expect(result?.cached).toBe(true);
  });

  it("does not let an attempt go on that another has overtaken", async () => {
    const other = { ...config, seed: 99 };
    await run({ ...request("train-classifier", 5), config: other }, harsh, 2);
    const zombie = run({ ...request("train-classifier", 4), config: other }, harsh);
    await expect(zombie).rejects.toThrow(/another worker has taken the stage over/i);
  });
});
