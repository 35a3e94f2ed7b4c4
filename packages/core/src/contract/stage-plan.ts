import type { RunConfig } from "./run-config.ts";
import { STAGES, type StageName } from "./stage.ts";

/**
 * The stages a config needs, in the order they run. Worker, command line and dashboard all ask here.
 *
 * Masks as supervision need no seeds; a refinement of `none` has no stage of its own.
 */
export function plannedStages(config: RunConfig): StageName[] {
  const fromLabels = config.supervision === "image-labels";
  const needed: Readonly<Record<StageName, boolean>> = {
    "train-classifier": fromLabels || config.segmenter.initialise === "classifier",
    "make-seeds": fromLabels,
    "refine-seeds": fromLabels && config.refinement.kind !== "none",
    "train-affinity": false,
    "make-pseudo-masks": fromLabels,
    "train-segmenter": true,
    predict: true,
    evaluate: true,
  };
  return STAGES.filter((stage) => needed[stage]);
}
