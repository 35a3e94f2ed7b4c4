import { createBackbone } from "../../backbones/create-backbone.ts";
import { loadPretrained } from "../../backbones/weights.ts";
import { multiLabelSoftMarginLoss } from "../../classifier/multilabel-loss.ts";
import { ConfigError, type ScoreMaps, type SeedsConfig } from "../../contract/index.ts";
import {
  createSeamNetwork,
  initialSeamWeights,
  revisedClassMaps,
  readSeamClasses,
  type SeamNetwork,
} from "../../seam/seam-network.ts";
import { trainSiameseStep } from "../../seam/siamese-step.ts";
import { trainWarmUpStep } from "../../seam/warm-up-step.ts";
import { createRandom } from "../../tensor/random.ts";
import { tf } from "../../tensor/tf.ts";
import { startTraining } from "../../tensor/training.ts";
import { disposeWeights, type Weights } from "../../tensor/weights.ts";
import { entriesOf } from "../entries.ts";
import type { NetworkContext, StageContext } from "../stage.ts";
import { trainSteps } from "../train-steps.ts";
import { dropoutAt, multiScaleMaps, readNetwork } from "./classifier-network.ts";
import { recordSeamViews } from "./seam-record.ts";
import type { NetworkSeedMethod } from "./seed-method.ts";
import { takeWeights } from "./take-weights.ts";

type SeamConfig = Extract<SeedsConfig, { method: "seam" }>;

const networkOf = ({ config, dataset }: NetworkContext): SeamNetwork =>
  createSeamNetwork({
    backbone: createBackbone(config.backbone),
    classes: dataset.manifest.classes.length,
  });

function requireTraining({ config }: StageContext, { warmUpEpochs }: SeamConfig): void {
  const { frozenBackbone, epochs } = config.classifier;
  if (frozenBackbone) {
    throw new ConfigError(
      "seeds.method seam: expected a network that trains as a whole, got a frozen backbone. Set classifier.frozenBackbone to false.",
    );
  }
  if (warmUpEpochs >= epochs) {
    throw new ConfigError(
      `seeds.warmUpEpochs: expected fewer than the ${epochs} epochs of the classifier, got ${warmUpEpochs}. Lower seeds.warmUpEpochs, or SEAM's own losses never train.`,
    );
  }
}

async function initialNetwork(
  { config, weightsHome }: StageContext,
  network: SeamNetwork,
): Promise<Weights> {
  // The trunk that CAM's classifier of the same seed starts from: what differs is the method.
  const random = createRandom(config.seed).fork("classifier");
  const { weights: name } = config.backbone;
  if (name === null) return initialSeamWeights(network, random);
  const { backbone } = network;
  const pretrained = await loadPretrained({ name, home: weightsHome, backbone, random });
  const weights = initialSeamWeights(network, random, pretrained);
  disposeWeights(pretrained);
  return weights;
}

/** Range-normalised maps end a hair below 0 at their minimum, and at −1 where they are constant. */
const clampToUnit = (maps: ScoreMaps): ScoreMaps => ({
  ...maps,
  data: maps.data.map((value) => Math.min(1, Math.max(0, value))),
});

/** Revised CAMs of a siamese network. @see Wang et al. 2020; algorithms.md 5 */
export const seamMethod = (seeds: SeamConfig): NetworkSeedMethod => ({
  async train(context) {
    requireTraining(context, seeds);
    const { config, dataset, limit } = context;
    const network = networkOf(context);
    const { cropSize, batchSize: _, ...optimisation } = config.classifier;
    const { state, loss } = await trainSteps(context, {
      ...config.classifier,
      entries: entriesOf(dataset, config, limit).train,
      parameters: network.parameters,
      padding: network.backbone.padding,
      start: async () => startTraining(await initialNetwork(context, network)),
      async step(before, batch, { totalSteps, epoch }) {
        const count = batch.entries.length;
        const images = tf.tensor4d(batch.images, [count, cropSize, cropSize, 3]);
        const imageLabels = tf.tensor2d(batch.imageLabels, [count, network.classes]);
        const step = {
          network,
          state: before,
          images,
          imageLabels,
          optimisation,
          totalSteps,
          dropout: dropoutAt(context, before.step),
          classificationLoss: multiLabelSoftMarginLoss,
        };
        try {
          return epoch < seeds.warmUpEpochs
            ? await trainWarmUpStep(step)
            : await trainSiameseStep({ ...step, ...seeds });
        } finally {
          tf.dispose([images, imageLabels]);
        }
      },
    });
    const weights = takeWeights(state);
    const record = await recordSeamViews(context, { ...seeds, network, weights });
    const { parameters } = network;
    const read = (images: tf.Tensor4D) => readSeamClasses(network, weights, images);
    return { parameters, weights, loss, read, record };
  },

  async open(context) {
    const network = networkOf(context);
    const weights = await readNetwork(context, network.parameters);
    const rule = "seam";
    return {
      scores: async (entry) =>
        clampToUnit(
          await multiScaleMaps(context, entry, {
            rule,
            classMapsOf: (images) => revisedClassMaps(network, weights, images),
          }),
        ),
      read: (images) => readSeamClasses(network, weights, images),
      dispose: () => disposeWeights(weights),
    };
  },
});
