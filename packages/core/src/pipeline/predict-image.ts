import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type ArtifactKind,
  bytesOfUnit,
  ConfigError,
  type DatasetImage,
  type LabelMap,
  maskPath,
  PREDICTION_SIDE,
  type PredictionMeta,
  type PredictionRequest,
  probePath,
  type RgbImage,
  type ScoreMaps,
  scorePath,
  seenImagePath,
} from "../contract/index.ts";
import { refineScores } from "../crf/refine.ts";
import type { Dataset } from "../data/dataset.ts";
import { sizeOfLongSide } from "../data/geometry.ts";
import { decodeImage, encodeJpeg } from "../data/image-file.ts";
import { encodeLabels } from "../data/label-file.ts";
import { resizeImage } from "../data/resize-pillow.ts";
import { encodeScores } from "../data/score-file.ts";
import { argmaxLabels, type LabelScores } from "../score-maps/label-scores.ts";
import { encodeSafetensors } from "../tensor/safetensors.ts";
import { tf } from "../tensor/tf.ts";
import { disposeWeights } from "../tensor/weights.ts";
import { type ArtifactStore, openInput } from "./artifact-store.ts";
import { sha256 } from "./canonical-json.ts";
import { wholeImage } from "./examine-classifier.ts";
import { networkSeedMethodOf } from "./methods.ts";
import type { NetworkSeedMethod } from "./methods/seed-method.ts";
import { openSegmenter, probabilitiesOf } from "./segmenter-network.ts";
import type { NetworkContext } from "./stage.ts";

/** What a run's networks say of one image that no dataset knows. */
export interface ImagePrediction {
  /** The upright image as it was looked at. */
  readonly seen: RgbImage;
  readonly original: { readonly width: number; readonly height: number };
  /**
   * Class probabilities [C] and class activation maps [C, h, w]; null without a classifier, or
   * where seeds were made elsewhere.
   */
  readonly classes: { readonly scores: number[]; readonly maps: ScoreMaps } | null;
  /** Labels at the original size, and the winner's probability at the seen one; null without a segmenter. */
  readonly mask: { readonly labels: LabelMap; readonly confidence: Float32Array } | null;
}

/** A dataset of one image with all classes asked for: what the stages' networks take. */
function oneImageDataset(image: RgbImage, classes: readonly string[]) {
  const entry: DatasetImage = {
    id: "image",
    key: "0".repeat(16),
    width: image.width,
    height: image.height,
    split: "none",
    labels: [...classes.keys()],
    image: "",
    mask: null,
  };
  const manifest = { classes: [...classes] };
  const dataset: Pick<Dataset, "image" | "split"> & { manifest: typeof manifest } = {
    manifest,
    image: async () => image,
    // Nothing here was trained on.
    split: () => [],
  };
  return { entry, dataset };
}

async function classesOf(
  method: NetworkSeedMethod,
  context: NetworkContext,
  entry: DatasetImage,
): Promise<ImagePrediction["classes"]> {
  const maker = await method.open(context);
  const image = await wholeImage(context, entry);
  const { logits, mass } = maker.read(image);
  const probabilities = tf.sigmoid(logits);
  try {
    return { scores: [...(await probabilities.data())], maps: await maker.scores(entry) };
  } finally {
    tf.dispose([image, logits, mass, probabilities]);
    maker.dispose();
  }
}

/** The greatest probability at each pixel. [L, H, W] → [H, W] */
function confidenceOf({ height, width, data }: LabelScores): Float32Array {
  const area = height * width;
  const most = new Float32Array(area);
  for (let at = 0; at < data.length; at += 1) {
    most[at % area] = Math.max(most[at % area]!, data[at]!);
  }
  return most;
}

/** Nearest labels at another size. */
function scaledLabels(
  map: LabelMap,
  { width, height }: { width: number; height: number },
): LabelMap {
  if (map.width === width && map.height === height) return map;
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const row = Math.min(map.height - 1, Math.floor(((y + 0.5) * map.height) / height)) * map.width;
    for (let x = 0; x < width; x += 1) {
      data[y * width + x] =
        map.data[row + Math.min(map.width - 1, Math.floor(((x + 0.5) * map.width) / width))]!;
    }
  }
  return { width, height, data };
}

async function maskOf(
  context: NetworkContext,
  entry: DatasetImage,
  { seen, original }: Pick<ImagePrediction, "seen" | "original">,
): Promise<ImagePrediction["mask"]> {
  const network = await openSegmenter(context);
  try {
    const { crf } = context.config.prediction;
    const plain = await probabilitiesOf(context, network, entry);
    const scores = crf === null ? plain : refineScores(seen, plain, crf);
    const labels = scaledLabels(argmaxLabels(scores), original);
    return { labels, confidence: confidenceOf(scores) };
  } finally {
    disposeWeights(network.weights);
  }
}

/**
 * Looks at one image with the networks of a run: the code of its stages, on an image of its own.
 *
 * An image whose long side exceeds 1280 pixels is scaled down first, and its mask up again.
 * @throws {DatasetError} where the bytes are no image, or too large
 * @throws {ConfigError} where the run has no network yet
 */
export async function predictImage(
  { config, classes, inputs, name, runId }: Omit<PredictionRequest, "image" | "dataset">,
  bytes: Uint8Array,
  store: ArtifactStore,
): Promise<ImagePrediction> {
  const trained = (kind: ArtifactKind): boolean => inputs[kind] !== undefined;
  // A classifier beside imported seeds only lends its weights: it has no maps of its own.
  const method =
    trained("classifier-checkpoint") && config.seeds.method !== "imported"
      ? networkSeedMethodOf(config.seeds)
      : null;
  if (method === null && !trained("segmenter-checkpoint")) {
    throw new ConfigError(
      `predict: expected a trained network of run ${runId}, found none. Wait until it has trained one.`,
    );
  }
  const upright = await decodeImage(bytes, name);
  const original = { width: upright.width, height: upright.height };
  const large = Math.max(upright.width, upright.height) > PREDICTION_SIDE;
  const seen = large ? resizeImage(upright, sizeOfLongSide(upright, PREDICTION_SIDE)) : upright;
  const { entry, dataset } = oneImageDataset(seen, classes);
  const context: NetworkContext = {
    config,
    dataset,
    limit: null,
    input: (kind) => openInput(store, inputs, kind),
  };
  return {
    seen,
    original,
    classes: method && (await classesOf(method, context, entry)),
    mask: trained("segmenter-checkpoint") ? await maskOf(context, entry, { seen, original }) : null,
  };
}

/** Takes a file of an answer: its path, its bytes. */
type WriteFile = (path: string, bytes: Uint8Array) => Promise<void>;

/** Mask and class maps of an image as files: NAME.png of label ids, NAME.safetensors of `cam` [C, h, w]. */
export async function writePrediction(
  { classes, mask }: ImagePrediction,
  name: string,
  write: WriteFile,
): Promise<void> {
  if (mask) await write(`${name}.png`, await encodeLabels(mask.labels));
  if (classes) await write(`${name}.safetensors`, encodeScores("cam", classes.maps));
}

/** Predicts and keeps the answer as an artefact. Returns its hash. @see contract/artifact.ts, image-prediction */
export async function keepPrediction(
  request: PredictionRequest,
  { home, store }: { readonly home: string; readonly store: ArtifactStore },
): Promise<string> {
  const bytes = await readFile(join(home, request.image));
  const prediction = await predictImage(request, bytes, store);
  const { seen, original, classes, mask } = prediction;
  const key = sha256(bytes).slice(0, 16);
  const draft = store.draft(join(home, "work", request.image));
  await draft.put(seenImagePath(key), await encodeJpeg(seen));
  await writePrediction(prediction, key, (path, file) =>
    draft.put(path.endsWith(".png") ? maskPath(key) : scorePath(key), file),
  );
  if (mask) {
    const shape = [seen.height, seen.width];
    const confidence = { dtype: "U8" as const, shape, data: bytesOfUnit(mask.confidence) };
    await draft.put(probePath(key), encodeSafetensors(new Map([["confidence", confidence]])));
  }
  const meta: PredictionMeta = {
    run: request.runId,
    name: request.name,
    key,
    classes: request.classes,
    original,
    seen: { width: seen.width, height: seen.height },
    scores: classes?.scores ?? null,
    hasMask: mask !== null,
  };
  return draft.commit({ kind: "image-prediction", dataset: request.dataset, meta });
}
