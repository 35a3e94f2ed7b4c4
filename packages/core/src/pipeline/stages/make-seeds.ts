import { backgroundScores } from "../../cam/background.ts";
import { seedFromScores } from "../../cam/seed.ts";
import type { DatasetImage, ScoreMaps } from "../../contract/index.ts";
import { importOf, maskPath, scorePath } from "../../contract/index.ts";
import { encodeLabels } from "../../data/label-file.ts";
import { decodeScores, encodeScores } from "../../data/score-file.ts";
import { stackBackground } from "../../score-maps/label-scores.ts";
import { type ArtifactDraft } from "../artifact-store.ts";
import { chooseBackground } from "../choose-background.ts";
import { type Entries, entriesIn, entriesOf } from "../entries.ts";
import { evaluateMasks } from "../evaluate-masks.ts";
import { maskDoubts } from "../mask-doubts.ts";
import { seedMethodOf } from "../methods.ts";
import { policyOf, type Threshold } from "../policy.ts";
import { startProgress } from "../progress.ts";
import { atImageSize, readMask, readScores, requireUnitRange } from "../read-artifact.ts";
import type { StageContext, StageOutcome } from "../stage.ts";

/** Scores of all images; those an earlier attempt has written are kept. → the images they are of */
async function writeScores(context: StageContext, draft: ArtifactDraft): Promise<Entries> {
  const maker = await seedMethodOf(context.config).open(context);
  const run = entriesOf(context.dataset, context.config, context.limit);
  const entries = maker.artifact ? entriesIn(maker.artifact, run, scorePath) : run;
  const { all } = entries;
  const progress = startProgress(context, { total: all.length, unit: "image" });
  try {
    for (const [index, entry] of all.entries()) {
      const path = scorePath(entry.key);
      if (!(await draft.has(path))) {
        const maps = await maker.scores(entry);
        await draft.put(path, encodeScores("cam", requireUnitRange(maps, entry.id)));
      }
      await progress.reach(index + 1);
    }
    return entries;
  } finally {
    maker.dispose();
  }
}

const thresholdMetric = ({ value }: Threshold): Record<string, number> =>
  value === null ? {} : { threshold: value };

/** Score maps of the run's seed method, cut into label maps. @see algorithms.md 3, 4, 5 */
export async function makeSeeds(context: StageContext): Promise<StageOutcome> {
  const { config, dataset, breathe } = context;
  const scoreDraft = context.draft("seed-scores");
  const { train, all, splits } = await writeScores(context, scoreDraft);

  const fullScores = async (entry: DatasetImage): Promise<ScoreMaps> => {
    const path = scorePath(entry.key);
    return atImageSize(decodeScores("cam", await scoreDraft.read(path), path), entry);
  };
  const choice = { config, dataset, train, scores: fullScores, breathe };
  const { background, threshold } = await chooseBackground(choice);
  const draft = context.draft("seed");
  for (const entry of all) {
    await breathe();
    const seed = seedFromScores(await fullScores(entry), background);
    await draft.put(maskPath(entry.key), await encodeLabels(seed));
  }

  const imported = importOf(config);
  const meta = {
    classes: dataset.manifest.classes,
    background,
    threshold,
    ...(imported ? { imported: { ...imported } } : {}),
  };
  const scores = await context.commit("seed-scores", meta);
  const seed = await context.commit("seed", meta);
  const camOf = async (entry: DatasetImage) =>
    atImageSize(await readScores(scores, entry, "cam"), entry);
  const evaluations = [];
  for (const [split, entries] of splits) {
    const evaluation = await evaluateMasks({
      dataset,
      entries,
      policy: policyOf({ config, dataset, split, stage: "make-seeds", threshold }),
      artifact: seed.hash,
      mask: (entry) => readMask(seed, entry),
      scores: camOf,
      breathe,
    });
    if (evaluation) evaluations.push(evaluation);
  }
  const diagnostics = await maskDoubts(context, {
    stage: "make-seeds",
    masks: seed,
    before: null,
    scores: async (entry) => {
      const maps = await readScores(scores, entry, "cam");
      return stackBackground(backgroundScores(maps, background), maps);
    },
  });
  return { metrics: thresholdMetric(threshold), evaluations, diagnostics };
}
