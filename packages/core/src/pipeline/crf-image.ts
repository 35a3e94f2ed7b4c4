import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import {
  ArtifactError,
  type DenseCrfConfig,
  IGNORE_INDEX,
  labelOfClass,
  classIndex,
} from "../contract/index.ts";
import { refineScores } from "../crf/refine.ts";
import { readImageFile } from "../data/image-file.ts";
import { encodeLabels } from "../data/label-file.ts";
import { argmaxLabels, type LabelScores } from "../score-maps/label-scores.ts";
import { resizeLabelScores } from "../score-maps/resize.ts";
import { decodeSafetensors, encodeSafetensors } from "../tensor/safetensors.ts";
import { decodeNpy, encodeNpy } from "./npy.ts";
import { writeWhole } from "./write-file.ts";

export interface CrfImageOptions {
  readonly image: string;
  /** .npy [L, h, w], or .safetensors with `probabilities` [L, h, w] (and `classes`); background first. */
  readonly probabilities: string;
  /** .png: label map; .npy or .safetensors: refined probabilities [L, H, W]. */
  readonly out: string;
  readonly config: DenseCrfConfig;
}

function readNamed(bytes: Uint8Array, file: string) {
  const { tensors } = decodeSafetensors(bytes, file);
  const maps = [...tensors].filter(([, { shape, dtype }]) => shape.length === 3 && dtype === "F32");
  const array = tensors.get("probabilities") ?? (maps.length === 1 ? maps[0]![1] : undefined);
  if (!(array?.data instanceof Float32Array)) {
    throw new ArtifactError(
      `${file}: expected a float tensor probabilities [L, h, w], got ${[...tensors.keys()].join(", ")}. Name it probabilities.`,
    );
  }
  const classes = tensors.get("classes")?.data;
  return {
    shape: array.shape,
    data: array.data,
    classes: classes ? Int32Array.from(classes) : null,
  };
}

/** @throws {ArtifactError} where the file holds no stack of at least two label maps */
async function readProbabilities(file: string): Promise<LabelScores> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new ArtifactError(`${file}: expected score maps, found no such file.`, { cause });
  });
  const read =
    extname(file) === ".npy"
      ? { ...decodeNpy(bytes, file), classes: null }
      : readNamed(bytes, file);
  const [planes = 0, height = 0, width = 0, ...more] = read.shape;
  const classes = read.classes ?? Int32Array.from({ length: Math.max(0, planes - 1) }, (_, i) => i);
  if (planes < 2 || height < 1 || width < 1 || more.length > 0 || classes.length !== planes - 1) {
    throw new ArtifactError(
      `${file}: expected maps [L, h, w] of at least two labels, background first, got [${read.shape.join(", ")}] for ${classes.length} classes.`,
    );
  }
  const wrong = read.data.findIndex((value) => !(value >= 0 && value <= 1.0001));
  if (wrong >= 0) {
    throw new ArtifactError(
      `${file}: expected probabilities in 0…1, got ${read.data[wrong]}. Apply softmax first.`,
    );
  }
  return { height, width, classes, data: read.data };
}

async function encodeAs(out: string, scores: LabelScores): Promise<Uint8Array> {
  const { height, width, classes, data } = scores;
  const shape = [classes.length + 1, height, width];
  switch (extname(out).toLowerCase()) {
    case ".npy":
      return encodeNpy({ shape, data });
    case ".safetensors":
      return encodeSafetensors(
        new Map([
          ["probabilities", { dtype: "F32" as const, shape, data }],
          ["classes", { dtype: "I32" as const, shape: [classes.length], data: classes }],
        ]),
      );
    case ".png":
      return encodeLabels(argmaxLabels(scores));
    default:
      throw new ArtifactError(
        `${out}: expected a name that ends in .png, .npy or .safetensors, got ${extname(out) || "none of them"}.`,
      );
  }
}

/** Dense CRF of one image, from file to file; maps of another size are brought to the image's. */
export async function crfImage({
  image: imageFile,
  probabilities: scoreFile,
  out,
  config,
}: CrfImageOptions): Promise<{ height: number; width: number; labels: number[] }> {
  const image = await readImageFile(imageFile);
  const { height, width } = image;
  const read = await readProbabilities(scoreFile);
  const scores = resizeLabelScores(read, { height, width, grid: "half-pixel" });
  const refined = refineScores(image, scores, config);
  await writeWhole(out, await encodeAs(out, refined));
  const labels = [0, ...[...read.classes].map((index) => labelOfClass(classIndex(index)))];
  return { height, width, labels: labels.filter((label) => label !== IGNORE_INDEX) };
}
