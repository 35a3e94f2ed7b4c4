import type { RunConfig } from "./run-config.ts";
import { STAGES, type StageName } from "./stage.ts";

/** Whether scores walk along learned affinities, AffinityNet's or IRNet's. */
const walks = ({ refinement }: Pick<RunConfig, "refinement">): boolean =>
  refinement.kind === "affinity" || refinement.kind === "irn";

/**
 * The stages a config needs, in the order they run. Worker, command line and dashboard all ask here.
 *
 * Masks as supervision need no seeds; the dense CRF is a stage of its own, while AffinityNet or
 * IRNet is trained in one and walked with as the pseudo masks are made.
 */
export function plannedStages(config: RunConfig): StageName[] {
  const fromLabels = config.supervision === "image-labels";
  const needed: Readonly<Record<StageName, boolean>> = {
    "train-classifier": fromLabels || config.segmenter.initialise === "classifier",
    "make-seeds": fromLabels,
    "refine-seeds": fromLabels && config.refinement.kind === "dense-crf",
    "train-affinity": fromLabels && walks(config),
    "make-pseudo-masks": fromLabels,
    "train-segmenter": true,
    predict: true,
    evaluate: true,
  };
  return STAGES.filter((stage) => needed[stage]);
}
