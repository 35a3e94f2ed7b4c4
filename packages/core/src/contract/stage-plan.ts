import { importOf } from "./run-import.ts";
import type { RunConfig } from "./run-config.ts";
import { STAGES, type StageName } from "./stage.ts";

/** Whether some network of a later stage starts from the classifier's weights. */
function startsFromClassifier({ segmenter, refinement }: RunConfig, walks: boolean): boolean {
  if (segmenter.initialise === "classifier") return true;
  return walks && "training" in refinement && refinement.training.initialise === "classifier";
}

/**
 * The stages a config needs, in the order they run. Worker, command line and dashboard all ask here.
 *
 * Masks as supervision need no seeds; the dense CRF is a stage of its own, while AffinityNet or
 * IRNet is trained in one and walked with as the pseudo masks are made. What comes in from elsewhere
 * enters through the stage whose output it is, and nothing before that stage runs but what later ones
 * ask for.
 */
export function plannedStages(config: RunConfig): StageName[] {
  const fromLabels = config.supervision === "image-labels";
  const { kind: refinement } = config.refinement;
  const imported = importOf(config)?.kind;
  const seeded = fromLabels && imported !== "pseudo-masks" && imported !== "refined-seeds";
  const walks = seeded && (refinement === "affinity" || refinement === "irn");
  const needed: Readonly<Record<StageName, boolean>> = {
    "train-classifier": (seeded && imported !== "seeds") || startsFromClassifier(config, walks),
    "make-seeds": seeded,
    "refine-seeds": (seeded && refinement === "dense-crf") || imported === "refined-seeds",
    "train-affinity": walks,
    "make-pseudo-masks": fromLabels,
    "train-segmenter": true,
    predict: true,
    evaluate: true,
  };
  return STAGES.filter((stage) => needed[stage]);
}
