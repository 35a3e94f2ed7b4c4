import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { WeightsError } from "../contract/errors.ts";
import type { BACKBONE_NAMES } from "../contract/run-config.ts";
import { decodeSafetensors, readSafetensors } from "../tensor/safetensors.ts";
import { createRandom, type Random } from "../tensor/random.ts";
import {
  compareWeights,
  initialWeights,
  type Weights,
  type WeightsReport,
  weightsFromStateDict,
} from "../tensor/weights.ts";
import type { Backbone } from "./backbone.ts";
import { createBackbone } from "./create-backbone.ts";

export interface RegisteredWeights {
  readonly backbone: (typeof BACKBONE_NAMES)[number];
  /** File in the weights folder. */
  readonly file: string;
  readonly sha256: string;
  readonly source: string;
  readonly licence: string;
  /** What the network was trained to expect of its input. */
  readonly preprocessing: string;
  /** Arrays of the file that a backbone has no use for. */
  readonly head: readonly string[];
}

/** Pretrained weights by name. The files are not part of this repository: `importWeights` brings them. */
export const WEIGHTS_REGISTRY: Readonly<Record<string, RegisteredWeights>> = {
  mobilenetv2_100_imagenet: {
    backbone: "mobilenet-v2",
    file: "mobilenetv2_100_imagenet.safetensors",
    sha256: "f6c05f070659ab6a477bda909c6a5cc16599c6d8455b7dc20fc8dafc531b570b",
    source: "google-coral mnv2_tf2_ptq.tflite, ImageNet-1k, in timm's names",
    licence: "Apache-2.0",
    preprocessing: "RGB, (x − 127.5) / 127.5, TensorFlow's same padding",
    head: ["classifier.weight", "classifier.bias"],
  },
};

/** @throws {WeightsError} when no weights have that name, with the names there are */
export function findWeights(name: string): RegisteredWeights {
  const found = Object.hasOwn(WEIGHTS_REGISTRY, name) ? WEIGHTS_REGISTRY[name] : undefined;
  if (found !== undefined) return found;
  throw new WeightsError(
    `weights: expected one of ${Object.keys(WEIGHTS_REGISTRY).join(", ")}, got "${name}".`,
  );
}

const sha256Of = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

export interface ImportReport extends WeightsReport {
  readonly sha256: string;
  /** Whether the file is the very one the registry describes. */
  readonly known: boolean;
}

/**
 * Puts a weights file into the weights folder under a registered name, after checking that its arrays
 * are those of the backbone.
 *
 * @returns what differs; extra arrays are reported and kept
 * @throws {WeightsError} when an array of the backbone is missing or has another shape
 */
export async function importWeights({
  path,
  name,
  home,
}: {
  readonly path: string;
  readonly name: string;
  readonly home: string;
}): Promise<ImportReport> {
  const registered = findWeights(name);
  const bytes = await readFile(path);
  const { tensors } = decodeSafetensors(bytes, path);
  const { parameters } = createBackbone({ name: registered.backbone, outputStride: 16 });
  const report = compareWeights(parameters, tensors);
  if (report.missing.length > 0 || report.misshaped.length > 0) {
    throw new WeightsError(
      `${path}: expected the ${parameters.length} arrays of ${registered.backbone}, got ${report.missing.length} missing and ${report.misshaped.length} of another shape. Compare the names with those of ${registered.source}.`,
      { details: { ...report } },
    );
  }
  await mkdir(home, { recursive: true });
  const draft = join(home, `.${name}.${process.pid}.draft`);
  try {
    await copyFile(path, draft);
    await rename(draft, join(home, registered.file));
  } finally {
    await rm(draft, { force: true });
  }
  const sha256 = sha256Of(bytes);
  return {
    ...report,
    unexpected: report.unexpected.filter((array) => !registered.head.includes(array)),
    sha256,
    known: sha256 === registered.sha256,
  };
}

/**
 * Pretrained weights of a backbone out of the weights folder.
 *
 * @throws {WeightsError} when the name is unknown, belongs to another backbone, or the file is missing
 */
export async function loadPretrained({
  name,
  home,
  backbone,
  random = createRandom(0),
}: {
  readonly name: string;
  readonly home: string;
  readonly backbone: Backbone;
  /** Where layers that no file holds start from. */
  readonly random?: Random;
}): Promise<Weights> {
  const registered = findWeights(name);
  if (registered.backbone !== backbone.name) {
    throw new WeightsError(
      `weights: expected weights of ${backbone.name}, got ${name}, which are of ${registered.backbone}.`,
    );
  }
  const path = join(home, registered.file);
  const { tensors } = await readSafetensors(path).catch((cause: unknown) => {
    if (cause instanceof WeightsError) throw cause;
    throw new WeightsError(
      `weights: expected ${path}, got no such file. Import it: seedmask weights import FILE --name ${name}.`,
      { cause },
    );
  });
  const scratch = new Set(backbone.fresh.map((parameter) => parameter.name));
  const published = backbone.parameters.filter((parameter) => !scratch.has(parameter.name));
  return new Map([
    ...weightsFromStateDict(published, tensors, path),
    ...initialWeights(backbone.fresh, random),
  ]);
}
