import { z } from "zod";
import { artifactHashSchema, artifactKindSchema } from "./artifact.ts";
import { runConfigSchema } from "./run-config.ts";

/** The queue of single images that someone wants looked at by a finished run's networks. */
export const PREDICT_IMAGE_QUEUE = "predict-image";
export const predictImageJobSchema = z.strictObject({ predictionId: z.string() });
export type PredictImageJob = z.infer<typeof predictImageJobSchema>;

/** Largest file the playground takes. */
export const MAX_PREDICTION_BYTES = 25_000_000;
/** Long side at which an image is looked at; a larger one is scaled down, its mask up again. */
export const PREDICTION_SIDE = 1280;

/** Where an uploaded image waits for its worker; removed with the answer. */
export const predictionInputKey = (predictionId: string): string => `predictions/${predictionId}`;
/** The upright image as it was looked at. */
export const seenImagePath = (imageKey: string): string => `images/${imageKey}.jpg`;

/** All a prediction needs to know, as plain data. */
export const predictionRequestSchema = z.strictObject({
  runId: z.string(),
  config: runConfigSchema,
  /** Hash of the dataset version the networks were trained on. */
  dataset: z.string(),
  classes: z.array(z.string()).min(1),
  /** The run's networks. */
  inputs: z.partialRecord(artifactKindSchema, artifactHashSchema),
  /** Storage key of the image. */
  image: z.string(),
  /** What to call it in messages. */
  name: z.string(),
});
export type PredictionRequest = z.infer<typeof predictionRequestSchema>;

/** `meta` of an `image-prediction` artefact. */
export const predictionMetaSchema = z.object({
  run: z.string(),
  name: z.string(),
  key: z.string(),
  classes: z.array(z.string()),
  /** Pixels, upright: of the file, and as it was looked at. */
  original: z.object({ width: z.int().positive(), height: z.int().positive() }),
  seen: z.object({ width: z.int().positive(), height: z.int().positive() }),
  /** The classifier's probability of each class, 0…1; null where the run has no classifier. */
  scores: z.array(z.number()).nullable(),
  /** Whether the run has a segmenter, so that there is a mask. */
  hasMask: z.boolean(),
});
export type PredictionMeta = z.infer<typeof predictionMetaSchema>;

const startsWith = (bytes: Uint8Array, text: string, at = 0): boolean =>
  [...text].every((character, index) => bytes[at + index] === character.charCodeAt(0));

/** What a file is by its first bytes, whatever it is called; null for anything but an image. */
export function imageTypeOf(bytes: Uint8Array): "jpeg" | "png" | "webp" | "tiff" | "avif" | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return "jpeg";
  if (bytes[0] === 0x89 && startsWith(bytes, "PNG\r\n\u001A\n", 1)) return "png";
  if (startsWith(bytes, "RIFF") && startsWith(bytes, "WEBP", 8)) return "webp";
  if (startsWith(bytes, "II*\0") || startsWith(bytes, "MM\0*")) return "tiff";
  if (startsWith(bytes, "ftypavif", 4)) return "avif";
  return null;
}
