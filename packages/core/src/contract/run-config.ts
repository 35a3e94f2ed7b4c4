import { z } from "zod";

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

const scales = z
  .array(z.number().min(0.25).max(3))
  .min(1)
  .max(8)
  .meta({ title: "Scales", unit: "× image size", source: "irn step/make_cam.py: 1, 0.5, 1.5, 2" });

const flip = z
  .boolean()
  .meta({
    title: "Mirror",
    help: "Add the horizontally mirrored view",
    source: "psa infer_cls.py",
  });

const epochs = z
  .int()
  .min(1)
  .max(1000)
  .meta({ title: "Epochs", unit: "passes over the training split" });
const batchSize = z.int().min(1).max(256).meta({ title: "Batch size", unit: "images" });
const cropSize = z
  .int()
  .min(32)
  .max(1024)
  .multipleOf(8)
  .meta({ title: "Crop size", unit: "pixels", help: "Side of the square training crop" });
const learningRate = z
  .number()
  .gt(0)
  .max(10)
  .meta({ title: "Learning rate", help: "Of pretrained weights; new layers multiply it" });
const headLearningRateFactor = z
  .number()
  .min(1)
  .max(1000)
  .meta({
    title: "Head factor",
    unit: "× learning rate",
    source: "psa: new layers train 10 times faster",
  });
const momentum = z
  .number()
  .min(0)
  .lt(1)
  .meta({
    title: "Momentum",
    source: "0 reproduces psa, irn and SEAM (their 0.9 is the poly power)",
  });
const weightDecay = z.number().min(0).max(0.1).meta({ title: "Weight decay", source: "psa: 5e-4" });
const polyPower = z
  .number()
  .min(0)
  .max(5)
  .meta({ title: "Poly power", help: "lr · (1 − t/T)^power", source: "psa torchutils.py: 0.9" });
const scaleJitter = z
  .tuple([z.number().min(0.25).max(1), z.number().min(1).max(3)])
  .meta({ title: "Scale jitter", unit: "× long side", help: "Random resize before the crop" });

const optimisation = {
  epochs,
  batchSize,
  cropSize,
  learningRate,
  headLearningRateFactor,
  momentum,
  weightDecay,
  polyPower,
  scaleJitter,
};

export const BACKBONE_NAMES = ["tiny", "mobilenet-v2"] as const;

export const backboneSchema = z.strictObject({
  name: z.enum(BACKBONE_NAMES).meta({ title: "Backbone" }),
  weights: z
    .string()
    .min(1)
    .nullable()
    .meta({
      title: "Pretrained weights",
      help: "Name in the weights registry; empty starts from random",
    }),
  outputStride: z
    .union([z.literal(8), z.literal(16)])
    .meta({ title: "Output stride", unit: "pixels a feature", source: "DeepLab v3+: 16" }),
});

/** Gaussian widths and weights of a fully connected CRF. @see Krähenbühl & Koltun 2011, equation 3 */
export const denseCrfSchema = z.strictObject({
  iterations: z
    .int()
    .min(0)
    .max(50)
    .meta({ title: "Iterations", unit: "mean-field steps", source: "psa: 10" }),
  gaussianSxy: z
    .number()
    .gt(0)
    .max(200)
    .meta({ title: "Smoothness width", unit: "pixels", source: "psa: 3" }),
  gaussianWeight: z.number().min(0).max(100).meta({ title: "Smoothness weight", source: "psa: 3" }),
  bilateralSxy: z
    .number()
    .gt(0)
    .max(500)
    .meta({ title: "Appearance width", unit: "pixels", source: "psa: 80" }),
  bilateralSrgb: z
    .number()
    .gt(0)
    .max(255)
    .meta({ title: "Appearance colour width", unit: "0…255 levels", source: "psa: 13" }),
  bilateralWeight: z
    .number()
    .min(0)
    .max(100)
    .meta({ title: "Appearance weight", source: "psa: 10" }),
});
export type DenseCrfConfig = z.infer<typeof denseCrfSchema>;

export const backgroundSchema = z.discriminatedUnion("rule", [
  z.strictObject({
    rule: z.literal("constant").meta({ title: "Constant threshold" }),
    threshold: z
      .number()
      .min(0)
      .max(1)
      .meta({ title: "Threshold", unit: "normalised CAM, 0…1", source: "irn eval: 0.15" }),
    choice: z.enum(["fixed", "labelled-train-images"]).meta({
      title: "Chosen",
      help: "As given, or the best of a sweep on a few train images with masks",
    }),
    labelledImages: z
      .int()
      .min(0)
      .max(10_000)
      .meta({ title: "Labelled images", unit: "train images whose masks choose the threshold" }),
  }),
  z.strictObject({
    rule: z.literal("power").meta({ title: "Power of the complement" }),
    alpha: z
      .number()
      .gt(0)
      .max(100)
      .meta({ title: "Alpha", help: "Background = (1 − max CAM)^alpha", source: "psa: 4, 16, 32" }),
  }),
]);

export const refinementSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none").meta({ title: "None" }) }),
  z.strictObject({
    kind: z.literal("dense-crf").meta({ title: "Dense CRF" }),
    crf: denseCrfSchema,
  }),
]);

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
  seeds: z.discriminatedUnion("method", [
    z.strictObject({
      method: z.literal("cam").meta({ title: "CAM" }),
      imageSize: z
        .int()
        .min(32)
        .max(2048)
        .meta({ title: "Image size", unit: "pixels, long side at scale 1" }),
      scales,
      flip,
      background: backgroundSchema,
    }),
  ]),
  refinement: refinementSchema,
  pseudoMasks: z.strictObject({
    /** `argmax` labels every pixel; `confident` ignores pixels whose best probability is lower. */
    policy: z.enum(["argmax", "confident"]).meta({ title: "Policy" }),
    minimumProbability: z
      .number()
      .min(0)
      .max(1)
      .meta({ title: "Least probability", help: "Below it a pixel is ignored (confident policy)" }),
  }),
  segmenter: z.strictObject({
    ...optimisation,
    head: z
      .enum(["large-fov", "aspp-sum", "aspp"])
      .meta({ title: "Head", source: "DeepLab v1, v2, v3" }),
    headChannels: z.int().min(8).max(1024).meta({ title: "Head channels" }),
    initialise: z
      .enum(["pretrained", "classifier"])
      .meta({ title: "Start from", help: "Backbone weights the segmenter starts from" }),
  }),
  prediction: z.strictObject({
    imageSize: z
      .int()
      .min(32)
      .max(2048)
      .meta({ title: "Image size", unit: "pixels, long side at scale 1" }),
    scales,
    flip,
    crf: denseCrfSchema.nullable().meta({ title: "Dense CRF" }),
  }),
});
export type RunConfig = z.infer<typeof runConfigSchema>;
