import { createBackbone } from "../../backbones/create-backbone.ts";
import { loadPretrained } from "../../backbones/weights.ts";
import type { ChannelDropout } from "../../backbones/backbone.ts";
import { camFromViews, type CamView } from "../../cam/multi-scale.ts";
import {
  type Classifier,
  classMaps,
  createClassifier,
  initialClassifierWeights,
  readClasses,
} from "../../classifier/classifier.ts";
import { ConfigError, type DatasetImage, type ScoreMaps } from "../../contract/index.ts";
import { sizeOfLongSide } from "../../data/geometry.ts";
import { resizeImage } from "../../data/resize-pillow.ts";
import { channelDropout } from "../../tensor/channel-dropout.ts";
import { createRandom } from "../../tensor/random.ts";
import { decodeSafetensors } from "../../tensor/safetensors.ts";
import {
  disposeWeights,
  type Parameter,
  type Weights,
  weightsFromStateDict,
} from "../../tensor/weights.ts";
import type { NetworkContext, StageContext } from "../stage.ts";
import type { NetworkSeedMaker, TrainedNetwork } from "./seed-method.ts";
import { type ClassMapsOf, viewMaps } from "./view-maps.ts";

/** The classifier of CAM and OAA. */
export const classifierOf = ({ config, dataset }: NetworkContext): Classifier =>
  createClassifier({
    backbone: createBackbone(config.backbone),
    classes: dataset.manifest.classes.length,
  });

/** Fresh head on pretrained or random features. */
export async function initialNetwork(
  { config, weightsHome }: StageContext,
  classifier: Classifier,
): Promise<Weights> {
  const random = createRandom(config.seed).fork("classifier");
  const { weights: name } = config.backbone;
  if (name === null) return initialClassifierWeights(classifier, random);
  const { backbone } = classifier;
  const pretrained = await loadPretrained({ name, home: weightsHome, backbone, random });
  const weights = initialClassifierWeights(classifier, random, pretrained);
  disposeWeights(pretrained);
  return weights;
}

/** What a step drops depends on seed and step alone. */
export const dropoutAt = ({ config }: StageContext, step: number): ChannelDropout =>
  channelDropout(createRandom(config.seed).fork(`dropout ${step}`));

/** A network's weights out of a file of the classifier checkpoint. */
export async function readNetwork(
  context: NetworkContext,
  parameters: readonly Parameter[],
  file = "model.safetensors",
): Promise<Weights> {
  const checkpoint = await context.input("classifier-checkpoint");
  const { tensors } = decodeSafetensors(await checkpoint.read(file), file);
  return weightsFromStateDict(parameters, tensors, `classifier-checkpoint ${file}`);
}

/** Merged maps of an image from each scale, upright and mirrored. */
export async function multiScaleMaps(
  { config, dataset }: NetworkContext,
  entry: DatasetImage,
  { classMapsOf, rule }: { readonly classMapsOf: ClassMapsOf; readonly rule: "psa" | "seam" },
): Promise<ScoreMaps> {
  const { seeds } = config;
  if (seeds.method === "imported") {
    throw new ConfigError("seeds.method imported: expected maps from files, got a network to ask.");
  }
  const { scales, flip, imageSize } = seeds;
  const classes = Int32Array.from(entry.labels);
  const image = await dataset.image(entry);
  const views: CamView[] = [];
  for (const scale of scales) {
    const view = resizeImage(image, sizeOfLongSide(image, Math.round(imageSize * scale)));
    const looks = await viewMaps(view, { classes, flip }, classMapsOf);
    views.push(...looks.map((maps) => ({ maps, mirrored: false })));
  }
  const { height, width } = image;
  return camFromViews(views, { height, width, rule, resolution: "strided" });
}

/** Multi-scale CAMs of a classifier that lies in a file of the checkpoint. */
export async function openCamMaker(
  context: NetworkContext,
  file?: string,
): Promise<NetworkSeedMaker> {
  const classifier = classifierOf(context);
  const weights = await readNetwork(context, classifier.parameters, file);
  const classMapsOf: ClassMapsOf = (images) => classMaps(classifier, weights, images);
  return {
    scores: (entry) => multiScaleMaps(context, entry, { classMapsOf, rule: "psa" }),
    read: readerOf(classifier, weights),
    dispose: () => disposeWeights(weights),
  };
}

/** How a trained classifier reads images. */
export const readerOf =
  (classifier: Classifier, weights: Weights): TrainedNetwork["read"] =>
  (images) =>
    readClasses(classifier, weights, images);
