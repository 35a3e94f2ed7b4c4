import { z } from "zod";
import type { DatasetImage } from "../../contract/index.ts";
import type { BackgroundRule } from "../../cam/background.ts";
import { ConfigError, maskPath, scorePath, thresholdOfAlpha } from "../../contract/index.ts";
import type { Artifact } from "../artifact-store.ts";
import { entriesIn, entriesOf } from "../entries.ts";
import { earlierMasks } from "../earlier-masks.ts";
import { evaluateSplits } from "../evaluate-splits.ts";
import { maskDoubts } from "../mask-doubts.ts";
import { type Threshold, thresholdOf } from "../policy.ts";
import { startProgress } from "../progress.ts";
import { readScores } from "../read-artifact.ts";
import type { StageContext, StageOutcome } from "../stage.ts";
import { takeRefined } from "../imports/take-refined.ts";

const backgroundSchema = z.discriminatedUnion("rule", [
  z.object({ rule: z.literal("constant"), threshold: z.number() }),
  z.object({ rule: z.literal("power"), alpha: z.number() }),
]);

/** The background the CRF starts from: its own power, or the seeds' rule. */
function backgroundOf(
  seeds: Artifact,
  alpha: number | null,
): { background: BackgroundRule; threshold: Threshold } {
  if (alpha === null) {
    const background = backgroundSchema.parse(seeds.manifest.meta["background"]);
    return { background, threshold: thresholdOf(seeds) };
  }
  const value = thresholdOfAlpha(alpha);
  return {
    background: { rule: "power", alpha },
    threshold: { value, chosenBy: "fixed", images: 0 },
  };
}

/** Sharpens seeds along image edges, one image a thread. @see Krähenbühl & Koltun 2011 */
export async function refineSeeds(context: StageContext): Promise<StageOutcome> {
  const { config, dataset, limit, signal } = context;
  const { refinement } = config;
  if (refinement.kind === "imported") return takeRefined(context, refinement);
  if (refinement.kind !== "dense-crf") {
    throw new ConfigError(
      `refine-seeds: expected refinement dense-crf or imported, got ${refinement.kind}. Skip the stage.`,
    );
  }
  const seeds = await context.input("seed-scores");
  const { all } = entriesIn(seeds, entriesOf(dataset, config, limit), scorePath);
  const { background, threshold } = backgroundOf(seeds, refinement.alpha);
  const scoreDraft = context.draft("refined-scores");
  const maskDraft = context.draft("refined-seed");

  const open: DatasetImage[] = [];
  for (const entry of all) if (!(await maskDraft.has(maskPath(entry.key)))) open.push(entry);
  let done = all.length - open.length;
  const progress = startProgress(context, { total: all.length, unit: "image", from: done });
  const results = context.pool().map("refineSeed", open, {
    name: ({ id }) => `image ${id}`,
    signal,
    input: async (entry) => ({
      image: await dataset.image(entry),
      scores: await readScores(seeds, entry, "cam"),
      background,
      crf: refinement.crf,
    }),
  });
  for await (const { item: entry, output } of results) {
    await scoreDraft.put(scorePath(entry.key), output.scores);
    await maskDraft.put(maskPath(entry.key), output.mask);
    done += 1;
    await progress.reach(done);
  }

  const { classes } = dataset.manifest;
  const refined = await context.commit("refined-scores", { classes, threshold });
  const masks = await context.commit("refined-seed", { classes, threshold });
  const stage = "refine-seeds";
  const before = await earlierMasks(context, "make-seeds");
  const evaluations = await evaluateSplits(context, { stage, masks, before, threshold });
  const diagnostics = await maskDoubts(context, {
    stage,
    masks,
    before,
    scores: (entry) => readScores(refined, entry, "probabilities"),
  });
  return { metrics: {}, evaluations, diagnostics };
}
