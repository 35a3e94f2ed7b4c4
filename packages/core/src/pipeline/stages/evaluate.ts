import { earlierMasks } from "../earlier-masks.ts";
import { entriesOf } from "../entries.ts";
import { evaluateSplits } from "../evaluate-splits.ts";
import { maskDoubts } from "../mask-doubts.ts";
import { NO_THRESHOLD } from "../policy.ts";
import { startProgress } from "../progress.ts";
import type { StageContext, StageOutcome } from "../stage.ts";

/** The run's final figures: its predictions against ground truth, on every split that has any. */
export async function evaluate(context: StageContext): Promise<StageOutcome> {
  const { config, dataset, limit } = context;
  const masks = await context.input("prediction");
  const fromLabels = config.supervision === "image-labels";
  const before = fromLabels ? await earlierMasks(context, "make-pseudo-masks") : null;
  const { all } = entriesOf(dataset, config, limit);
  const progress = startProgress(context, { total: all.length, unit: "image" });
  let done = 0;
  const breathe = (): Promise<void> => {
    done += 1;
    return progress.reach(done);
  };
  const evaluations = await evaluateSplits(
    { ...context, breathe },
    { stage: "predict", masks, before, threshold: NO_THRESHOLD },
  );
  const diagnostics = await maskDoubts(context, {
    stage: "predict",
    masks,
    before,
  });
  const final = evaluations.find(({ policy }) => policy.split === config.evaluationSplit);
  const meanIou = final?.meanIou ?? null;
  return { metrics: meanIou === null ? {} : { "mean-iou": meanIou }, evaluations, diagnostics };
}
