import { arch, cpus, platform, totalmem } from "node:os";
import process from "node:process";
import type { RunDetail } from "@seedmask/db";
import { codeVersion } from "../../apps/worker/src/code-version.ts";
import { stageIou } from "./follow-run.ts";

interface ResultOptions {
  readonly setupSeconds: Readonly<Record<string, number>>;
  readonly totalSeconds: number;
}

/** What `--json` writes: everything a figure of this run has to say about itself. */
export function runResult(run: RunDetail, { setupSeconds, totalSeconds }: ResultOptions): object {
  const started = run.startedAt?.getTime();
  const finished = run.finishedAt?.getTime();
  return {
    status: run.status,
    error: run.error,
    run: { id: run.id, name: run.name, recipe: run.recipe, seed: run.seed, config: run.config },
    dataset: run.dataset,
    seconds: started && finished ? (finished - started) / 1000 : null,
    meanIou: run.meanIou,
    stages: run.stages.map((stage) => ({
      stage: stage.stage,
      status: stage.status,
      cached: stage.cached,
      seconds: stage.seconds,
      peakMemoryBytes: stage.peakMemoryBytes,
      metrics: stage.metrics,
      meanIou: stageIou(run, stage.stage),
    })),
    evaluations: run.evaluations,
    backend: run.backend,
    versions: { commit: codeVersion(), node: process.versions.node },
    machine: {
      platform: `${platform()}-${arch()}`,
      processor: cpus()[0]?.model ?? null,
      cores: cpus().length,
      memoryBytes: totalmem(),
    },
    setupSeconds,
    totalSeconds,
  };
}
