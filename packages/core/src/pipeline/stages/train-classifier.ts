import { createBackbone } from "../../backbones/create-backbone.ts";
import { loadPretrained } from "../../backbones/weights.ts";
import {
  type Classifier,
  createClassifier,
  initialClassifierWeights,
} from "../../classifier/classifier.ts";
import { trainClassifierStep } from "../../classifier/train-step.ts";
import { startTraining } from "../../tensor/training.ts";
import { createRandom } from "../../tensor/random.ts";
import { encodeSafetensors } from "../../tensor/safetensors.ts";
import { tf } from "../../tensor/tf.ts";
import { disposeTrainingState } from "../../tensor/training.ts";
import { disposeWeights, stateDictOf, type Weights } from "../../tensor/weights.ts";
import { entriesOf } from "../entries.ts";
import { fitFrozenClassifier } from "../fit-frozen-classifier.ts";
import { classifierMap } from "../classifier-map.ts";
import type { StageContext, StageOutcome } from "../stage.ts";
import { trainSteps } from "../train-steps.ts";

/** Fresh head on pretrained or random features. */
async function initialWeights(
  { config, weightsHome }: StageContext,
  classifier: Classifier,
): Promise<Weights> {
  const random = createRandom(config.seed).fork("classifier");
  const { weights: name } = config.backbone;
  if (name === null) return initialClassifierWeights(classifier, random);
  const { backbone } = classifier;
  const pretrained = await loadPretrained({ name, home: weightsHome, backbone });
  const weights = initialClassifierWeights(classifier, random, pretrained);
  disposeWeights(pretrained);
  return weights;
}

async function trainWhole(
  context: StageContext,
  classifier: Classifier,
): Promise<{ weights: Weights; loss: number }> {
  const { config, dataset, limit } = context;
  const { state, loss } = await trainSteps(context, {
    ...config.classifier,
    entries: entriesOf(dataset, config, limit).train,
    parameters: classifier.parameters,
    padding: classifier.backbone.padding,
    start: async () => startTraining(await initialWeights(context, classifier)),
    async step(before, batch, totalSteps) {
      const { cropSize, batchSize: _, ...optimisation } = config.classifier;
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
        });
      } finally {
        tf.dispose([images, imageLabels]);
      }
    },
  });
  const weights = new Map([...state.weights].map(([name, tensor]) => [name, tensor.clone()]));
  disposeTrainingState(state);
  return { weights, loss };
}

/** A multi-label image classifier whose features make the seeds. @see algorithms.md 3.1 */
export async function trainClassifier(context: StageContext): Promise<StageOutcome> {
  const { config, dataset } = context;
  const classifier = createClassifier({
    backbone: createBackbone(config.backbone),
    classes: dataset.manifest.classes.length,
  });
  const { weights, loss } = config.classifier.frozenBackbone
    ? await fitFrozenClassifier(context, classifier, await initialWeights(context, classifier))
    : await trainWhole(context, classifier);
  try {
    const map = await classifierMap(context, classifier, weights);
    const tensors = await stateDictOf(classifier.parameters, weights);
    const draft = context.draft("classifier-checkpoint");
    await draft.put("model.safetensors", encodeSafetensors(tensors));
    const { classes } = dataset.manifest;
    await context.commit("classifier-checkpoint", { classes, backbone: config.backbone.name });
    const metrics = { "final-loss": loss, ...(map === null ? {} : { "classifier-map": map }) };
    return { metrics, evaluations: [] };
  } finally {
    disposeWeights(weights);
  }
}
