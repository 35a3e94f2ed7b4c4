import { createBackbone } from "../backbones/create-backbone.ts";
import type { DatasetImage } from "../contract/index.ts";
import { sizeOfLongSide } from "../data/geometry.ts";
import { resizeImage } from "../data/resize-pillow.ts";
import { predictProbabilities } from "../deeplab/predict.ts";
import { createSegmenter, type Segmenter } from "../deeplab/segmenter.ts";
import type { LabelScores } from "../score-maps/label-scores.ts";
import { decodeSafetensors } from "../tensor/safetensors.ts";
import { type Weights, weightsFromStateDict } from "../tensor/weights.ts";
import type { NetworkContext } from "./stage.ts";

export interface OpenSegmenter {
  readonly segmenter: Segmenter;
  /** Disposed by whoever opened it. */
  readonly weights: Weights;
}

/** The run's trained segmenter. */
export async function openSegmenter(context: NetworkContext): Promise<OpenSegmenter> {
  const { config, dataset } = context;
  const segmenter = createSegmenter({
    backbone: createBackbone(config.backbone),
    head: config.segmenter.head,
    headChannels: config.segmenter.headChannels,
    fusedScales: config.segmenter.fusedScales,
    labels: dataset.manifest.classes.length + 1,
  });
  const checkpoint = await context.input("segmenter-checkpoint");
  const { tensors } = decodeSafetensors(await checkpoint.read("model.safetensors"));
  const weights = weightsFromStateDict(segmenter.parameters, tensors, "segmenter-checkpoint");
  return { segmenter, weights };
}

/** Label probabilities of an image at its own size, over the config's scales. */
export async function probabilitiesOf(
  { config, dataset }: NetworkContext,
  { segmenter, weights }: OpenSegmenter,
  entry: DatasetImage,
): Promise<LabelScores> {
  const { scales, flip, imageSize } = config.prediction;
  const image = await dataset.image(entry);
  const { height, width } = image;
  const views = scales.map((scale) =>
    resizeImage(image, sizeOfLongSide(image, Math.round(imageSize * scale))),
  );
  const { data } = await predictProbabilities({ segmenter, weights, views, flip, height, width });
  const classes = Int32Array.from(dataset.manifest.classes.keys());
  return { height, width, classes, data };
}
