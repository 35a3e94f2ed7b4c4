import { createBackbone } from "../../backbones/create-backbone.ts";
import { loadPretrained } from "../../backbones/weights.ts";
import type { DatasetImage, LabelMap } from "../../contract/index.ts";
import { DatasetError } from "../../contract/index.ts";
import {
  createSegmenter,
  initialSegmenterWeights,
  type Segmenter,
} from "../../deeplab/segmenter.ts";
import { trainSegmenterStep } from "../../deeplab/train-step.ts";
import { startTraining } from "../../tensor/training.ts";
import { createRandom } from "../../tensor/random.ts";
import { decodeSafetensors, encodeSafetensors } from "../../tensor/safetensors.ts";
import { tf } from "../../tensor/tf.ts";
import { disposeTrainingState } from "../../tensor/training.ts";
import {
  disposeWeights,
  stateDictOf,
  type Weights,
  weightsFromStateDict,
} from "../../tensor/weights.ts";
import { entriesOf } from "../entries.ts";
import { readMask } from "../read-artifact.ts";
import { rememberMasks } from "../remember-images.ts";
import type { StageContext, StageOutcome } from "../stage.ts";
import { trainSteps } from "../train-steps.ts";

/** The backbone the segmenter starts from: the classifier's, a pretrained one, or none. */
async function backboneWeights(
  context: StageContext,
  { backbone }: Segmenter,
): Promise<Weights | null> {
  const { config, weightsHome } = context;
  if (config.segmenter.initialise === "classifier") {
    const checkpoint = await context.input("classifier-checkpoint");
    const { tensors } = decodeSafetensors(await checkpoint.read("model.safetensors"));
    const own = new Map([...tensors].filter(([name]) => !name.startsWith("classifier.")));
    return weightsFromStateDict(backbone.parameters, own, "classifier-checkpoint");
  }
  const { weights: name } = config.backbone;
  return name === null ? null : loadPretrained({ name, home: weightsHome, backbone });
}

async function initialWeights(context: StageContext, segmenter: Segmenter): Promise<Weights> {
  const random = createRandom(context.config.seed).fork("segmenter");
  const backbone = await backboneWeights(context, segmenter);
  if (backbone === null) return initialSegmenterWeights(segmenter, random);
  const weights = initialSegmenterWeights(segmenter, random, backbone);
  disposeWeights(backbone);
  return weights;
}

/** Where the training masks come from: pseudo masks, or true ones in the upper reference. */
async function openTargets(
  context: StageContext,
): Promise<(entry: DatasetImage) => Promise<LabelMap>> {
  const { config, dataset } = context;
  if (config.supervision === "image-labels") {
    const masks = await context.input("pseudo-mask");
    return rememberMasks(dataset, (entry) => readMask(masks, entry));
  }
  return rememberMasks(dataset, async (entry) => {
    const mask = await dataset.mask(entry);
    if (mask !== null) return mask;
    throw new DatasetError(
      `train-segmenter: expected a mask of training image ${entry.id}, found none. Train from image labels, or add masks.`,
    );
  });
}

/** DeepLab on pseudo masks. @see Chen et al. 2015; algorithms.md 11 */
export async function trainSegmenter(context: StageContext): Promise<StageOutcome> {
  const { config, dataset, limit } = context;
  const segmenter = createSegmenter({
    backbone: createBackbone(config.backbone),
    head: config.segmenter.head,
    headChannels: config.segmenter.headChannels,
    fusedScales: config.segmenter.fusedScales,
    labels: dataset.manifest.classes.length + 1,
  });
  const { state, loss } = await trainSteps(context, {
    ...config.segmenter,
    entries: entriesOf(dataset, config, limit).train,
    parameters: segmenter.parameters,
    padding: segmenter.backbone.padding,
    mask: await openTargets(context),
    start: async () => startTraining(await initialWeights(context, segmenter)),
    async step(before, batch, { totalSteps }) {
      const { cropSize } = config.segmenter;
      const count = batch.entries.length;
      const images = tf.tensor4d(batch.images, [count, cropSize, cropSize, 3]);
      const labelMaps = tf.tensor3d(batch.labelMaps!, [count, cropSize, cropSize], "int32");
      try {
        const optimisation = config.segmenter;
        return await trainSegmenterStep({
          segmenter,
          state: before,
          images,
          labelMaps,
          optimisation,
          totalSteps,
          balanced: config.segmenter.loss === "balanced-cross-entropy",
        });
      } finally {
        tf.dispose([images, labelMaps]);
      }
    },
  });
  const tensors = await stateDictOf(segmenter.parameters, state.weights);
  disposeTrainingState(state);
  const draft = context.draft("segmenter-checkpoint");
  await draft.put("model.safetensors", encodeSafetensors(tensors));
  await context.commit("segmenter-checkpoint", {
    classes: dataset.manifest.classes,
    backbone: config.backbone.name,
    head: config.segmenter.head,
  });
  return { metrics: { "final-loss": loss }, evaluations: [], diagnostics: [] };
}
