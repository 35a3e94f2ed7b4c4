import { startTrainingPass } from "../../backbones/backbone.ts";
import { type Classifier, mapsOfFeatures } from "../../classifier/classifier.ts";
import { classifierRules } from "../../classifier/train-step.ts";
import { type DatasetImage, scorePath, type SeedsConfig } from "../../contract/index.ts";
import type { TrainingView } from "../../data/augment.ts";
import { sizeOfLongSide } from "../../data/geometry.ts";
import { decodeScores } from "../../data/score-file.ts";
import { integralAttentionLoss } from "../../oaa/integral-loss.ts";
import { resizeScores } from "../../score-maps/resize.ts";
import { encodeSafetensors } from "../../tensor/safetensors.ts";
import { tf } from "../../tensor/tf.ts";
import { startTraining, trainingStep } from "../../tensor/training.ts";
import { cloneWeights, disposeWeights, stateDictOf, type Weights } from "../../tensor/weights.ts";
import { entriesOf } from "../entries.ts";
import type { StageContext } from "../stage.ts";
import { trainSteps } from "../train-steps.ts";
import { dropoutAt, initialNetwork } from "./classifier-network.ts";
import { takeWeights } from "./take-weights.ts";

export const INTEGRAL_FILE = "integral.safetensors";
type IntegralConfig = NonNullable<Extract<SeedsConfig, { method: "oaa" }>["integralModel"]>;

interface Grid {
  readonly side: number;
  readonly stride: number;
  readonly classes: number;
}

/** Accumulated maps of an image as targets of one view, written into [side, side, C]. */
async function writeTarget(
  context: StageContext,
  entry: DatasetImage,
  { mirrored, side: pixels }: TrainingView,
  { side, stride, classes }: Grid,
  into: Float32Array,
): Promise<void> {
  const path = scorePath(entry.key);
  const bytes = await context.draft("classifier-checkpoint").read(path);
  const resized = sizeOfLongSide(entry, pixels);
  const height = Math.ceil(resized.height / stride);
  const width = Math.ceil(resized.width / stride);
  // The same size where both networks are trained at the same one.
  const maps = resizeScores(decodeScores("cam", bytes, path), {
    height,
    width,
    grid: "half-pixel",
  });
  maps.classes.forEach((index, plane) => {
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const column = mirrored ? side - 1 - x : x;
        into[(y * side + column) * classes + index] = maps.data[(plane * height + y) * width + x]!;
      }
    }
  });
}

/**
 * OAA+: a network of the classifier's shape learns the accumulated attention. Its weights go into the
 * draft of the classifier checkpoint.
 * @see Jiang et al. 2019, section 3.3; OAA-PyTorch scripts/train_iam.py
 */
export async function trainIntegralModel(
  context: StageContext,
  config: IntegralConfig,
  {
    classifier,
    weights: trained,
    before,
  }: { readonly classifier: Classifier; readonly weights: Weights; readonly before: number },
): Promise<void> {
  const { cropSize, initialise, ...optimisation } = config;
  const { backbone, classes, parameters } = classifier;
  const { train } = entriesOf(context.dataset, context.config, context.limit);
  const { stride } = backbone;
  const grid: Grid = { side: Math.ceil(cropSize / stride), stride, classes };
  const size = grid.side ** 2 * classes;
  const { state } = await trainSteps(context, {
    ...config,
    entries: train,
    parameters,
    padding: backbone.padding,
    framing: "whole",
    phase: { name: "integral", stepsBefore: before, stepsAfter: 0 },
    start: async () =>
      startTraining(
        initialise === "classifier"
          ? cloneWeights(parameters, trained)
          : await initialNetwork(context, classifier),
      ),
    async step(earlier, batch, { totalSteps }) {
      const count = batch.entries.length;
      const targets = new Float32Array(count * size);
      for (const [at, entry] of batch.entries.entries()) {
        const into = targets.subarray(at * size, (at + 1) * size);
        await writeTarget(context, entry, batch.views[at]!, grid, into);
      }
      const images = tf.tensor4d(batch.images, [count, cropSize, cropSize, 3]);
      const attention = tf.tensor4d(targets, [count, grid.side, grid.side, classes]);
      const dropout = dropoutAt(context, earlier.step);
      try {
        return await trainingStep({
          state: earlier,
          rules: classifierRules(classifier, optimisation),
          optimisation,
          totalSteps,
          batch: { images, attention },
          objective(weights, part) {
            const pass = startTrainingPass(dropout);
            const maps = mapsOfFeatures(backbone.features(weights, part.images, pass), weights);
            return {
              loss: integralAttentionLoss(maps, part.attention),
              replacements: pass.statistics,
            };
          },
        });
      } finally {
        tf.dispose([images, attention]);
      }
    },
  });
  const weights = takeWeights(state);
  const arrays = await stateDictOf(parameters, weights);
  disposeWeights(weights);
  await context.draft("classifier-checkpoint").put(INTEGRAL_FILE, encodeSafetensors(arrays));
}
