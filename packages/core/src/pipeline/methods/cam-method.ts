import type { Classifier } from "../../classifier/classifier.ts";
import { trainClassifierStep } from "../../classifier/train-step.ts";
import { tf } from "../../tensor/tf.ts";
import { startTraining } from "../../tensor/training.ts";
import type { Weights } from "../../tensor/weights.ts";
import { entriesOf } from "../entries.ts";
import { fitFrozenClassifier } from "../fit-frozen-classifier.ts";
import type { StageContext } from "../stage.ts";
import { trainSteps } from "../train-steps.ts";
import {
  classifierOf,
  dropoutAt,
  initialNetwork,
  openCamMaker,
  readerOf,
} from "./classifier-network.ts";
import type { NetworkSeedMethod } from "./seed-method.ts";
import { takeWeights } from "./take-weights.ts";

async function trainWhole(
  context: StageContext,
  classifier: Classifier,
): Promise<{ weights: Weights; loss: number }> {
  const { config, dataset, limit } = context;
  const { cropSize, batchSize: _, ...optimisation } = config.classifier;
  const { state, loss } = await trainSteps(context, {
    ...config.classifier,
    entries: entriesOf(dataset, config, limit).train,
    parameters: classifier.parameters,
    padding: classifier.backbone.padding,
    start: async () => startTraining(await initialNetwork(context, classifier)),
    async step(before, batch, { totalSteps }) {
      const count = batch.entries.length;
      const images = tf.tensor4d(batch.images, [count, cropSize, cropSize, 3]);
      const imageLabels = tf.tensor2d(batch.imageLabels, [count, classifier.classes]);
      try {
        return await trainClassifierStep({
          classifier,
          state: before,
          images,
          imageLabels,
          optimisation,
          totalSteps,
          dropout: dropoutAt(context, before.step),
        });
      } finally {
        tf.dispose([images, imageLabels]);
      }
    },
  });
  return { weights: takeWeights(state), loss };
}

/** Class activation maps of a plain classifier. @see Zhou et al. 2016; algorithms.md 3 */
export const camMethod: NetworkSeedMethod = {
  async train(context) {
    const classifier = classifierOf(context);
    const { weights, loss } = context.config.classifier.frozenBackbone
      ? await fitFrozenClassifier(context, classifier, await initialNetwork(context, classifier))
      : await trainWhole(context, classifier);
    const { parameters } = classifier;
    return { parameters, weights, loss, read: readerOf(classifier, weights) };
  },
  open: (context) => openCamMaker(context),
};
