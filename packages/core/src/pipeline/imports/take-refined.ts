import { maskPath, type RunConfig, scorePath } from "../../contract/index.ts";
import { encodeLabels } from "../../data/label-file.ts";
import { encodeScores } from "../../data/score-file.ts";
import { argmaxLabels } from "../../score-maps/label-scores.ts";
import { resizeLabelScores } from "../../score-maps/resize.ts";
import { entriesIn, entriesOf } from "../entries.ts";
import { evaluateSplits } from "../evaluate-splits.ts";
import { maskDoubts } from "../mask-doubts.ts";
import { NO_THRESHOLD } from "../policy.ts";
import { startProgress } from "../progress.ts";
import { readScores } from "../read-artifact.ts";
import type { StageContext, StageOutcome } from "../stage.ts";
import { openImported } from "./open-imported.ts";

/** Refined seeds made elsewhere: their probabilities as they are, their masks the best label of each pixel. */
export async function takeRefined(
  context: StageContext,
  refinement: Extract<RunConfig["refinement"], { kind: "imported" }>,
): Promise<StageOutcome> {
  const { config, dataset, limit } = context;
  const imported = { ...refinement, kind: "refined-seeds" as const };
  const artifact = await openImported(context, imported);
  const { all } = entriesIn(artifact, entriesOf(dataset, config, limit), scorePath);
  const scoreDraft = context.draft("refined-scores");
  const maskDraft = context.draft("refined-seed");
  const progress = startProgress(context, { total: all.length, unit: "image" });
  for (const [index, entry] of all.entries()) {
    const scores = await readScores(artifact, entry, "probabilities");
    const { height, width } = entry;
    const full = resizeLabelScores(scores, { height, width, grid: "half-pixel" });
    await scoreDraft.put(scorePath(entry.key), encodeScores("probabilities", scores));
    await maskDraft.put(maskPath(entry.key), encodeLabels(argmaxLabels(full)));
    await progress.reach(index + 1);
  }
  const threshold = NO_THRESHOLD;
  const meta = { classes: dataset.manifest.classes, threshold, imported };
  const refined = await context.commit("refined-scores", meta);
  const masks = await context.commit("refined-seed", meta);
  const facts = { stage: "refine-seeds", masks, before: null } as const;
  const evaluations = await evaluateSplits(context, { ...facts, threshold });
  const diagnostics = await maskDoubts(context, {
    ...facts,
    scores: (entry) => readScores(refined, entry, "probabilities"),
  });
  return { metrics: {}, evaluations, diagnostics };
}
