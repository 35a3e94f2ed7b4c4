import { z } from "zod";
import { denseCrfSchema, flip, optimisation, scales, viewSize } from "./config-fields.ts";
import { importedFields } from "./imports.ts";
import { refinementSchema } from "./refinement-config.ts";
import { seedsSchema } from "./seeds-config.ts";

export { type DenseCrfConfig, denseCrfSchema, OPTIMISATION_DEFAULTS } from "./config-fields.ts";
export {
  AFFINITY_DEFAULTS,
  type AffinityConfig,
  type IrnConfig,
  refinementSchema,
} from "./refinement-config.ts";
export {
  backgroundSchema,
  SEAM_DEFAULTS,
  type SeedMethodName,
  type SeedsConfig,
  seedsSchema,
} from "./seeds-config.ts";

/**
 * The complete recipe of a run. The dashboard form, the command line and the worker read this one
 * schema: `.meta()` carries title, unit and source of each field, the checks carry its range.
 *
 * A config is a whole object: nothing is inherited, so a diff of two configs is a diff of two runs.
 */
export interface FieldMeta {
  readonly title: string;
  readonly help?: string;
  readonly unit?: string;
  /** Paper section, reference file or measurement the default comes from. */
  readonly source?: string;
}

export const BACKBONE_NAMES = [
  "tiny",
  "mobilenet-v2",
  "resnet-50",
  "resnet-101",
  "wide-resnet-38",
  "vgg-16",
  "vgg-16-oaa",
] as const;

export const backboneSchema = z.strictObject({
  name: z.enum(BACKBONE_NAMES).meta({ title: "Backbone" }),
  weights: z.string().min(1).nullable().meta({
    title: "Pretrained weights",
    help: "Name in the weights registry; empty starts from random",
  }),
  outputStride: z
    .union([z.literal(8), z.literal(16)])
    .meta({ title: "Output stride", unit: "pixels a feature", source: "DeepLab v3+: 16" }),
});

const minimumProbability = z
  .number()
  .min(0)
  .max(1)
  .meta({ title: "Least probability", help: "Below it a pixel is ignored (confident policy)" });

/** `argmax` labels every pixel; `confident` ignores pixels whose best probability is lower. */
export const pseudoMasksSchema = z.discriminatedUnion("policy", [
  z.strictObject({ policy: z.literal("argmax").meta({ title: "argmax" }), minimumProbability }),
  z.strictObject({
    policy: z.literal("confident").meta({ title: "confident" }),
    minimumProbability,
  }),
  z.strictObject({ policy: z.literal("imported").meta({ title: "imported" }), ...importedFields }),
]);

/** As `OPTIMISATION_DEFAULTS`, for the segmenter's own fields. */
export const SEGMENTER_DEFAULTS = { loss: "cross-entropy", fusedScales: [] as number[] } as const;

export const runConfigSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** `masks` trains the segmenter on ground truth: the upper reference, marked wherever it is shown. */
  supervision: z.enum(["image-labels", "masks"]).meta({ title: "Supervision" }),
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .meta({ title: "Random seed" }),
  trainSplit: z.string().min(1).meta({ title: "Training split" }),
  evaluationSplit: z.string().min(1).meta({ title: "Evaluation split" }),
  backbone: backboneSchema,
  classifier: z.strictObject({
    ...optimisation,
    frozenBackbone: z.boolean().meta({
      title: "Frozen backbone",
      help: "Train only a standardised linear head on fixed features",
      source: "measured: on 800 images fine-tuning gave better labels and worse CAMs",
    }),
  }),
  seeds: seedsSchema,
  refinement: refinementSchema,
  pseudoMasks: pseudoMasksSchema,
  segmenter: z.strictObject({
    ...optimisation,
    head: z
      .enum(["large-fov", "aspp-sum", "aspp", "v3-plus"])
      .meta({ title: "Head", source: "DeepLab v1, v2, v3, v3+" }),
    headChannels: z.int().min(8).max(1024).meta({ title: "Head channels" }),
    fusedScales: z
      .array(z.number().min(0.25).lt(1))
      .max(4)
      .default(SEGMENTER_DEFAULTS.fusedScales)
      .meta({
        title: "Fused scales",
        unit: "× crop size",
        help: "Smaller views trained beside the full one; the greatest score of all counts. Empty: the full view alone",
        source: "DeepLab v2, deeplab-pytorch msc.py: 0.5, 0.75",
      }),
    loss: z
      .enum(["cross-entropy", "balanced-cross-entropy"])
      .default(SEGMENTER_DEFAULTS.loss)
      .meta({
        title: "Loss",
        help: "balanced: background and foreground pixels weigh the same",
        source: "deeplab-pytorch: cross-entropy; rib issue 5: balanced",
      }),
    initialise: z
      .enum(["pretrained", "classifier"])
      .meta({ title: "Start from", help: "Backbone weights the segmenter starts from" }),
  }),
  prediction: z.strictObject({
    imageSize: viewSize,
    scales,
    flip,
    crf: denseCrfSchema.nullable().meta({ title: "Dense CRF" }),
  }),
});
export type RunConfig = z.infer<typeof runConfigSchema>;
