import type { z } from "zod";
import type {
  EvaluationPolicy,
  MaskStage,
  PredictedIgnoreRule,
  RunConfig,
} from "../contract/index.ts";
import { evaluationPolicySchema, importOf } from "../contract/index.ts";
import type { Dataset } from "../data/dataset.ts";
import type { Artifact } from "./artifact-store.ts";

export const thresholdSchema = evaluationPolicySchema.shape.threshold;
export type Threshold = z.infer<typeof thresholdSchema>;

export const NO_THRESHOLD: Threshold = { value: null, chosenBy: "none", images: 0 };

/** How the threshold behind an artefact's masks was chosen. */
export function thresholdOf(artifact: Artifact): Threshold {
  return thresholdSchema.parse(artifact.manifest.meta["threshold"]);
}

/** Below which probability a pixel of a pseudo mask is left out of training; null where none is. */
export const leastProbability = ({ pseudoMasks }: Pick<RunConfig, "pseudoMasks">): number | null =>
  pseudoMasks.policy === "confident" ? pseudoMasks.minimumProbability : null;

/** How an image was looked at; nothing is known of what was made elsewhere. */
function viewsOf(
  config: RunConfig,
  stage: MaskStage,
): { scales: readonly number[]; flip: boolean } {
  if (stage === "predict") return config.prediction;
  const { seeds } = config;
  return seeds.method === "imported" || importOf(config) !== null
    ? { scales: [], flip: false }
    : seeds;
}

export interface PolicyOptions {
  readonly config: RunConfig;
  readonly dataset: { readonly manifest: Pick<Dataset["manifest"], "hash" | "labelSource"> };
  readonly split: string;
  readonly stage: MaskStage;
  readonly threshold: Threshold;
  readonly predictedIgnoreRule?: PredictedIgnoreRule;
}

/** Whether a CRF came before the masks of a stage, or after their random walk. */
function sawCrf(config: RunConfig, stage: MaskStage): boolean {
  const { prediction, refinement } = config;
  if (stage === "predict") return prediction.crf !== null;
  if (stage === "make-seeds" || importOf(config)?.kind === "pseudo-masks") return false;
  if (refinement.kind === "dense-crf") return true;
  return "walk" in refinement && refinement.walk.crf !== null;
}

/** What a number measured at this stage of this run must say about itself. */
export function policyOf({
  config,
  dataset,
  split,
  stage,
  threshold,
  predictedIgnoreRule = "excluded",
}: PolicyOptions): EvaluationPolicy {
  const predicted = stage === "predict";
  const views = viewsOf(config, stage);
  return {
    dataset: dataset.manifest.hash,
    split,
    groundTruth: "masks",
    labelSource: dataset.manifest.labelSource,
    stage,
    imageLabelsUsed: !predicted,
    threshold,
    scales: [...views.scales],
    flip: views.flip,
    crf: sawCrf(config, stage),
    absentClassRule: "skip-absent",
    predictedIgnoreRule,
    supervision: config.supervision,
  };
}
