import type { EvaluationResult, MaskStage, PredictedIgnoreRule } from "../contract/index.ts";
import { maskPath } from "../contract/index.ts";
import type { Artifact } from "./artifact-store.ts";
import { entriesIn, entriesOf } from "./entries.ts";
import { coveringAll, type EarlierMasks, evaluateMasks } from "./evaluate-masks.ts";
import { policyOf, type Threshold } from "./policy.ts";
import { readMask } from "./read-artifact.ts";
import type { StageContext } from "./stage.ts";

export interface EvaluateSplitsOptions {
  readonly stage: MaskStage;
  readonly masks: Artifact;
  /** The masks these were made of. */
  readonly before: EarlierMasks | null;
  readonly threshold: Threshold;
  readonly rules?: readonly PredictedIgnoreRule[];
}

/** Scores an artefact's masks on every split of the run that has ground truth. */
export async function evaluateSplits(
  { config, dataset, limit, breathe }: StageContext,
  { stage, masks, before, threshold, rules = ["excluded"] }: EvaluateSplitsOptions,
): Promise<EvaluationResult[]> {
  const evaluations: EvaluationResult[] = [];
  const { splits } = entriesIn(masks, entriesOf(dataset, config, limit), maskPath);
  for (const [split, entries] of splits) {
    for (const predictedIgnoreRule of rules) {
      const evaluation = await evaluateMasks({
        dataset,
        entries,
        policy: policyOf({ config, dataset, split, stage, threshold, predictedIgnoreRule }),
        artifact: masks.hash,
        before: coveringAll(before, entries),
        mask: (entry) => readMask(masks, entry),
        breathe,
      });
      if (evaluation) evaluations.push(evaluation);
    }
  }
  return evaluations;
}
