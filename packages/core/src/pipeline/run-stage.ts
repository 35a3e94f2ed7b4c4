import { rm } from "node:fs/promises";
import { join } from "node:path";
import {
  ArtifactError,
  type ArtifactKind,
  type ArtifactsByKind,
  type BackendReport,
  type ProgressEvent,
  type StageRequest,
  type StageResult,
} from "../contract/index.ts";
import { type Dataset, datasetRoot, openDataset } from "../data/dataset.ts";
import { type ArtifactStore, createArtifactStore, openInput } from "./artifact-store.ts";
import { findCached, keepResult } from "./cache.ts";
import { cacheKeyOf } from "./cache-key.ts";
import { breathe, stopIfCancelled } from "./cancel.ts";
import { openCheckpoint } from "./checkpoint.ts";
import { defaultThreads, memoryLimit, requireMemory } from "./memory.ts";
import { watchPeakMemory } from "./peak-memory.ts";
import { rememberImages } from "./remember-images.ts";
import type { StageContext } from "./stage.ts";
import type { Stage } from "./stage-facts.ts";
import { createStagePool, type StagePool } from "./stage-pool.ts";
import { STAGE_RUNS } from "./stage-runs.ts";
import { stageNamed } from "./stages.ts";
import { weightsHash, weightsHome } from "./weights-home.ts";

/** What a stage runs in: the same for the worker and the command line. */
export interface StageEnvironment {
  /** Data home, SEEDMASK_HOME. */
  readonly home: string;
  readonly emit: (event: ProgressEvent) => void;
  readonly signal: AbortSignal;
  /** What `activateBackend` said; kept with every result. */
  readonly backend: BackendReport;
  readonly store?: ArtifactStore;
  /** Images taken of each split; all where absent or null. */
  readonly limit?: number | null;
  /** Compute anew even where an equal result or a checkpoint exists. */
  readonly force?: boolean;
  readonly memoryLimitBytes?: number;
  /** Least seconds between two checkpoints. */
  readonly checkpointSeconds?: number;
  /** Threads for work without tensors. */
  readonly threads?: number;
}

const CHECKPOINT_SECONDS = 15;

/** @throws {ArtifactError} naming the stage that makes what is missing */
export function requireInputs(stage: Stage, { config, inputs, runId }: StageRequest): void {
  for (const kind of stage.reads(config)) {
    if (inputs[kind] !== undefined) continue;
    throw new ArtifactError(
      `${stage.name}: expected artefact ${kind} of run ${runId}, found none. Run ${makerOf(kind)} first.`,
    );
  }
}

const MAKERS: Readonly<Record<ArtifactKind, string>> = {
  "classifier-checkpoint": "train-classifier",
  "accumulated-attention": "train-classifier",
  "seam-views": "train-classifier",
  "seed-scores": "make-seeds",
  seed: "make-seeds",
  "refined-scores": "refine-seeds",
  "refined-seed": "refine-seeds",
  "affinity-checkpoint": "train-affinity",
  "affinity-planes": "make-pseudo-masks",
  "pseudo-mask": "make-pseudo-masks",
  "segmenter-checkpoint": "train-segmenter",
  prediction: "predict",
  "image-prediction": "the playground",
};
export const makerOf = (kind: ArtifactKind): string => MAKERS[kind];

interface Setting {
  readonly stage: Stage;
  readonly request: StageRequest;
  readonly environment: StageEnvironment;
  readonly dataset: Dataset;
  readonly store: ArtifactStore;
  readonly cacheKey: string;
}

async function compute(setting: Setting): Promise<StageResult> {
  const { stage, request, environment, dataset, store, cacheKey } = setting;
  const { signal, home, threads = defaultThreads() } = environment;
  const folder = join(home, "work", cacheKey, request.runId);
  const checkpoint = await openCheckpoint(folder, {
    attempt: request.attempt,
    seconds: environment.checkpointSeconds ?? CHECKPOINT_SECONDS,
    fresh: environment.force ?? false,
  });
  const outputs: ArtifactsByKind = {};
  const pools: StagePool[] = [];
  const draft = (kind: ArtifactKind) => store.draft(join(folder, "drafts", kind));
  const context: StageContext = {
    stage: stage.name,
    config: request.config,
    dataset,
    limit: environment.limit ?? null,
    weightsHome: weightsHome(home),
    checkpoint,
    signal,
    draft,
    input: (kind) => openInput(store, request.inputs, kind),
    artifact: (hash) => store.open(hash),
    async commit(kind, meta) {
      stopIfCancelled(signal, stage.name);
      await checkpoint.guard();
      const hash = await draft(kind).commit({ kind, dataset: request.dataset, meta });
      outputs[kind] = hash;
      return store.open(hash);
    },
    pool: () => {
      if (pools.length === 0) pools.push(createStagePool(threads));
      return pools[0]!;
    },
    emit: (event) => environment.emit({ ...event, stage: stage.name } as ProgressEvent),
    breathe: () => breathe(signal, stage.name),
  };
  const startedAt = performance.now();
  const memory = watchPeakMemory();
  try {
    const { metrics, evaluations, diagnostics } = await STAGE_RUNS[stage.name](context);
    await checkpoint.guard();
    const result: StageResult = {
      stage: stage.name,
      cached: false,
      cacheKey,
      outputs,
      evaluations: [...evaluations],
      diagnostics: [...diagnostics],
      metrics: { ...metrics },
      seconds: (performance.now() - startedAt) / 1000,
      peakMemoryBytes: memory.stop(),
      backend: environment.backend,
    };
    await keepResult(home, result);
    await rm(join(home, "work", cacheKey), { recursive: true, force: true });
    return result;
  } finally {
    memory.stop();
    await Promise.all(pools.map((pool) => pool.close()));
  }
}

/**
 * Runs one stage, or takes over the result of an equal earlier run of it. After a crash it goes on from
 * its checkpoint; a stage that was killed and one that was not give the same result.
 *
 * @throws {CancelledError} within seconds after the signal fires
 * @throws {MemoryEstimateError} before it starts, when it will not fit
 */
export async function runStage(
  request: StageRequest,
  environment: StageEnvironment,
): Promise<StageResult> {
  const stage = stageNamed(request.stage);
  const { home, limit = null } = environment;
  const store = environment.store ?? createArtifactStore({ home });
  stopIfCancelled(environment.signal, stage.name);
  requireInputs(stage, request);
  const weights = await weightsHash(home, request.config.backbone.weights);
  const { config, dataset: hash, inputs } = request;
  const cacheKey = cacheKeyOf({ stage, config, dataset: hash, inputs, limit, weights });
  if (!environment.force) {
    const earlier = await findCached({ home, store }, cacheKey);
    if (earlier) return earlier;
  }
  const dataset = rememberImages(await openDataset(datasetRoot(home, hash)));
  const largestImage = Math.max(
    ...dataset.manifest.images.map(({ width, height }) => width * height),
  );
  const threads = environment.threads ?? defaultThreads();
  const question = { config, largestImage, threads };
  requireMemory(stage, question, environment.memoryLimitBytes ?? memoryLimit());
  return compute({ stage, request, environment, dataset, store, cacheKey });
}
