import { z } from "zod";

/**
 * The probe set: the few training images of which a run keeps how its method came to its seeds. Equal
 * for all runs on a dataset version and split, so that they can be compared image by image.
 */
export const PROBE_IMAGES = 32;

/** Where the record of one image lies in an artefact of a probe set. */
export const probePath = (imageKey: string): string => `probes/${imageKey}.safetensors`;

/**
 * The probe set among training images: `PROBE_IMAGES` of those with a label, evenly spaced.
 *
 * Empty case: without a labelled image there is none.
 */
export function probeImages<Image extends { readonly labels: readonly number[] }>(
  train: readonly Image[],
): Image[] {
  const labelled = train.filter(({ labels }) => labels.length > 0);
  const count = Math.min(PROBE_IMAGES, labelled.length);
  return Array.from(
    { length: count },
    (_, at) => labelled[Math.floor((at * labelled.length) / count)]!,
  );
}

/** What a reader of a probe set must know of an image; `meta.images` of its artefact. */
export const probeImageSchema = z.strictObject({
  key: z.string(),
  id: z.string(),
  width: z.int().positive(),
  height: z.int().positive(),
  labels: z.array(z.int().nonnegative()),
  /** Whether the dataset has its true mask. */
  hasMask: z.boolean(),
});
export type ProbeImage = z.infer<typeof probeImageSchema>;

const probeSet = { classes: z.array(z.string()), images: z.array(probeImageSchema) };

/** `meta` of an `accumulated-attention` artefact. */
export const accumulatedAttentionMetaSchema = z.object({
  ...probeSet,
  epochs: z.int().positive(),
  /** Epochs before the first whose maps were kept. */
  skippedEpochs: z.int().nonnegative(),
  rule: z.string(),
});

/** `meta` of an `affinity-planes` artefact: the walk that made the run's pseudo masks. */
export const affinityPlanesMetaSchema = z.object({
  ...probeSet,
  /** Image pixels a feature; the image is filled up to whole features at right and bottom. */
  stride: z.int().positive(),
  radius: z.int().min(2),
  beta: z.number(),
  logSteps: z.int().nonnegative(),
  /** Background exponent of `scores`. */
  alpha: z.number(),
});
export type AffinityPlanesMeta = z.infer<typeof affinityPlanesMetaSchema>;

/** `meta` of a `seam-views` artefact. */
export const seamViewsMetaSchema = z.object({
  ...probeSet,
  /** Size of the rescaled view, × the upright one: the transform of the training. */
  branchScale: z.number(),
});
export type SeamViewsMeta = z.infer<typeof seamViewsMetaSchema>;

/** 0…1 in 8 bit: 255 is 1. */
export const bytesOfUnit = (values: Float32Array): Uint8Array =>
  Uint8Array.from(values, (value) => Math.round(Math.min(1, Math.max(0, value)) * 255));

/** −scale…scale in 8 bit: 128 is 0, 255 is `scale`, the greatest magnitude. */
export function bytesOfSigned(values: Float32Array): { bytes: Uint8Array; scale: number } {
  let scale = 1e-12;
  for (const value of values) scale = Math.max(scale, Math.abs(value));
  return {
    bytes: Uint8Array.from(values, (value) => Math.round((value / scale) * 127) + 128),
    scale,
  };
}
