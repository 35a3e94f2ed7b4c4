import type {
  ArtifactKind,
  ArtifactsByKind,
  RunConfig,
  StageName,
  StageResult,
} from "../contract/index.ts";
import { plannedStages } from "../contract/index.ts";
import { createArtifactStore } from "./artifact-store.ts";
import { findCached } from "./cache.ts";
import { cacheKeyOf } from "./cache-key.ts";
import { runStage, type StageEnvironment } from "./run-stage.ts";
import { stageNamed } from "./stages.ts";
import { weightsHash } from "./weights-home.ts";

export interface PipelineRequest {
  readonly config: RunConfig;
  /** Hash of the dataset version. */
  readonly dataset: string;
  /** Names the run's checkpoints. */
  readonly runId: string;
}

/** Runs all stages a config needs, one after the other, without a database. */
export async function runPipeline(
  { config, dataset, runId }: PipelineRequest,
  environment: StageEnvironment,
  onStage: (result: StageResult) => void = () => undefined,
): Promise<StageResult[]> {
  const results: StageResult[] = [];
  const inputs: ArtifactsByKind = {};
  for (const stage of plannedStages(config)) {
    const request = { runId, stage, attempt: 0, config, dataset, inputs };
    const result = await runStage(request, environment);
    Object.assign(inputs, result.outputs);
    results.push(result);
    onStage(result);
  }
  return results;
}

export interface PlannedStage {
  readonly stage: StageName;
  readonly reads: readonly ArtifactKind[];
  readonly writes: readonly ArtifactKind[];
  /** Inputs that no earlier stage has made yet. */
  readonly missing: readonly ArtifactKind[];
  readonly inputs: ArtifactsByKind;
  /** Null while an input is missing. */
  readonly cacheKey: string | null;
  /** The result that would be reused. */
  readonly cached: StageResult | null;
}

export interface PlanOptions extends Omit<PipelineRequest, "runId"> {
  readonly home: string;
  readonly limit?: number | null;
}

/** What a run would do: which stages, from what, and which of their results exist already. */
export async function planPipeline({
  config,
  dataset,
  home,
  limit = null,
}: PlanOptions): Promise<PlannedStage[]> {
  const store = createArtifactStore({ home });
  const weights = await weightsHash(home, config.backbone.weights);
  const known: ArtifactsByKind = {};
  const plan: PlannedStage[] = [];
  for (const name of plannedStages(config)) {
    const stage = stageNamed(name);
    const reads = stage.reads(config);
    const missing = reads.filter((kind) => known[kind] === undefined);
    const inputs = { ...known };
    const question = { stage, config, dataset, inputs, limit, weights };
    const cacheKey = missing.length > 0 ? null : cacheKeyOf(question);
    const cached = cacheKey === null ? null : await findCached({ home, store }, cacheKey);
    Object.assign(known, cached?.outputs);
    const writes = stage.writes(config);
    plan.push({ stage: name, reads, writes, missing, inputs, cacheKey, cached });
  }
  return plan;
}
