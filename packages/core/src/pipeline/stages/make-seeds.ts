import { camFromViews } from "../../cam/multi-scale.ts";
import { seedFromScores } from "../../cam/seed.ts";
import { classMaps, createClassifier, type Classifier } from "../../classifier/classifier.ts";
import { createBackbone } from "../../backbones/create-backbone.ts";
import type { DatasetImage, ScoreMaps } from "../../contract/index.ts";
import { maskPath, scorePath } from "../../contract/index.ts";
import { encodeLabels } from "../../data/label-file.ts";
import { sizeOfLongSide } from "../../data/geometry.ts";
import { resizeImage } from "../../data/resize-pillow.ts";
import { decodeScores, encodeScores } from "../../data/score-file.ts";
import { decodeSafetensors } from "../../tensor/safetensors.ts";
import { disposeWeights, weightsFromStateDict, type Weights } from "../../tensor/weights.ts";
import { type ArtifactDraft } from "../artifact-store.ts";
import { chooseBackground } from "../choose-background.ts";
import { entriesOf } from "../entries.ts";
import { evaluateMasks } from "../evaluate-masks.ts";
import { policyOf, type Threshold } from "../policy.ts";
import { startProgress } from "../progress.ts";
import { atImageSize, readMask, readScores, requireUnitRange } from "../read-artifact.ts";
import type { StageContext, StageOutcome } from "../stage.ts";

/** Views of an image the classifier looks at: each scale, upright and mirrored. */
async function camOfImage(
  { config, dataset }: StageContext,
  network: { classifier: Classifier; weights: Weights },
  entry: DatasetImage,
): Promise<ScoreMaps> {
  const { scales, flip, imageSize } = config.seeds;
  const classes = Int32Array.from(entry.labels);
  const image = await dataset.image(entry);
  const views = [];
  for (const scale of scales) {
    const view = resizeImage(image, sizeOfLongSide(image, Math.round(imageSize * scale)));
    for (const mirrored of flip ? [false, true] : [false]) {
      const options = { classes, flip: mirrored };
      const maps = await classMaps(network.classifier, network.weights, view, options);
      views.push({ maps, mirrored: false });
    }
  }
  const { height, width } = image;
  return camFromViews(views, { height, width, rule: "psa", resolution: "strided" });
}

async function openClassifier(context: StageContext) {
  const { backbone: named } = context.config;
  const classifier = createClassifier({
    backbone: createBackbone(named),
    classes: context.dataset.manifest.classes.length,
  });
  const checkpoint = await context.input("classifier-checkpoint");
  const { tensors } = decodeSafetensors(await checkpoint.read("model.safetensors"));
  const weights = weightsFromStateDict(classifier.parameters, tensors, "classifier-checkpoint");
  return { classifier, weights };
}

/** Scores of all images; those an earlier attempt has written are kept. */
async function writeScores(context: StageContext, draft: ArtifactDraft): Promise<void> {
  const { all } = entriesOf(context.dataset, context.config, context.limit);
  const network = await openClassifier(context);
  const progress = startProgress(context, { total: all.length, unit: "image" });
  try {
    for (const [index, entry] of all.entries()) {
      const path = scorePath(entry.key);
      if (!(await draft.has(path))) {
        const maps = await camOfImage(context, network, entry);
        await draft.put(path, encodeScores("cam", requireUnitRange(maps, entry.id)));
      }
      await progress.reach(index + 1);
    }
  } finally {
    disposeWeights(network.weights);
  }
}

const thresholdMetric = ({ value }: Threshold): Record<string, number> =>
  value === null ? {} : { threshold: value };

/** Multi-scale class activation maps, cut into label maps. @see Zhou et al. 2016; psa infer_cls.py */
export async function makeSeeds(context: StageContext): Promise<StageOutcome> {
  const { config, dataset, limit, breathe } = context;
  const { train, all, splits } = entriesOf(dataset, config, limit);
  const scoreDraft = context.draft("seed-scores");
  await writeScores(context, scoreDraft);

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

  const meta = { classes: dataset.manifest.classes, background, threshold };
  const scores = await context.commit("seed-scores", meta);
  const seed = await context.commit("seed", meta);
  const evaluations = [];
  for (const [split, entries] of splits) {
    const evaluation = await evaluateMasks({
      dataset,
      entries,
      policy: policyOf({ config, dataset, split, stage: "make-seeds", threshold }),
      artifact: seed.hash,
      mask: (entry) => readMask(seed, entry),
      scores: async (entry) => atImageSize(await readScores(scores, entry, "cam"), entry),
      breathe,
    });
    if (evaluation) evaluations.push(evaluation);
  }
  return { metrics: thresholdMetric(threshold), evaluations };
}
