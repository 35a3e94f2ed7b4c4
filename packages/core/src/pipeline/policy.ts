import type { z } from "zod";
import type {
  EvaluationPolicy,
  MaskStage,
  PredictedIgnoreRule,
  RunConfig,
} from "../contract/index.ts";
import { evaluationPolicySchema } from "../contract/index.ts";
import type { Dataset } from "../data/dataset.ts";
import type { Artifact } from "./artifact-store.ts";

export const thresholdSchema = evaluationPolicySchema.shape.threshold;
export type Threshold = z.infer<typeof thresholdSchema>;

export const NO_THRESHOLD: Threshold = { value: null, chosenBy: "none", images: 0 };

/** How the threshold behind an artefact's masks was chosen. */
export function thresholdOf(artifact: Artifact): Threshold {
  return thresholdSchema.parse(artifact.manifest.meta["threshold"]);
}

export interface PolicyOptions {
  readonly config: RunConfig;
  readonly dataset: Dataset;
  readonly split: string;
  readonly stage: MaskStage;
  readonly threshold: Threshold;
  readonly predictedIgnoreRule?: PredictedIgnoreRule;
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
  const views = predicted ? config.prediction : config.seeds;
  const refined = config.refinement.kind === "dense-crf" && stage !== "make-seeds";
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
    crf: predicted ? config.prediction.crf !== null : refined,
    absentClassRule: "skip-absent",
    predictedIgnoreRule,
    supervision: config.supervision,
  };
}
