import { z } from "zod";
import { denseCrfSchema, headLearningRateFactor, optimisation } from "./config-fields.ts";
import { importedFields } from "./imports.ts";

/** Affinity labels lie on the grid of the image's own size, so views are never rescaled. */
const { scaleJitter: _, ...unscaled } = optimisation;

const alpha = z.number().gt(0).max(100);

/** How scores walk along affinities, whichever network they come from. */
const walk = {
  beta: z
    .number()
    .min(1)
    .max(32)
    .meta({ title: "Beta", help: "Power that sharpens affinities", source: "psa: 8; irn: 10" }),
  logSteps: z
    .int()
    .min(0)
    .max(12)
    .meta({ title: "Log2 steps", unit: "2^n steps", source: "psa: 8; SEAM: 6" }),
  method: z.enum(["chebyshev", "steps"]).meta({
    title: "Walk",
    help: "chebyshev: a polynomial within 2e-10 of the steps, faster",
  }),
  crf: denseCrfSchema
    .nullable()
    .meta({ title: "Dense CRF", source: "SEAM infer_aff.py --crf: one iteration" }),
};

const radius = z
  .int()
  .min(2)
  .max(16)
  .meta({ title: "Radius", unit: "features, exclusive", source: "psa, irn: 5, 34 pairs a pixel" });

const affinityWalkSchema = z.strictObject({
  alpha: alpha.nullable().meta({
    title: "Background alpha",
    help: "Background = (1 − max CAM)^alpha; empty takes the exponent of the seeds' own threshold",
    source: "psa infer_aff.py: 16; SEAM: 6",
  }),
  ...walk,
});

/** What AffinityNet did before this was a field, as its release. */
export const AFFINITY_DEFAULTS = { finestTap: "conv4" } as const;

/** AffinityNet. @see Ahn & Kwak 2018 */
const affinitySchema = z.strictObject({
  kind: z.literal("affinity").meta({ title: "AffinityNet" }),
  alphaLow: alpha.nullable().meta({
    title: "Low alpha",
    help: "Strong background: what stays foreground under it is sure; empty takes 1.4 × the seeds' threshold",
    source: "psa infer_cls.py: 4",
  }),
  alphaHigh: alpha.nullable().meta({
    title: "High alpha",
    help: "Weak background: what is background under it is sure; empty takes 0.6 × the seeds' threshold",
    source: "psa infer_cls.py: 32; SEAM: 24",
  }),
  crf: denseCrfSchema,
  training: z.strictObject({
    ...unscaled,
    initialise: z.enum(["pretrained", "classifier"]).meta({
      title: "Start from",
      help: "Backbone weights AffinityNet starts from",
      source: "psa train_aff.py: ImageNet; mctformer: the classifier",
    }),
  }),
  finestTap: z.enum(["conv4", "conv3"]).default(AFFINITY_DEFAULTS.finestTap).meta({
    title: "Grid of",
    help: "Backbone layer whose grid affinities lie on: conv4 at stride 8, conv3 at 4 for images so small that a walk has no room",
    source: "psa network/resnet38_aff.py: conv4",
  }),
  radius,
  borders: z.enum(["full", "psa-compat"]).meta({
    title: "Borders",
    help: "psa-compat leaves pairs in the outer frame without an edge, as the release",
  }),
  walk: affinityWalkSchema,
});
export type AffinityConfig = z.infer<typeof affinitySchema>;

const threshold = z.number().gt(0).lt(1);

const irnTrainingSchema = z.strictObject({
  ...optimisation,
  headLearningRateFactor: headLearningRateFactor.meta({
    title: "Displacement factor",
    unit: "× learning rate",
    help: "Displacements learn faster than boundaries; they do not change semantic masks",
    source: "irn step/train_irn.py: 10",
  }),
  radius: radius.meta({
    title: "Training radius",
    unit: "values at stride 4, exclusive",
    source: "irn step/train_irn.py: 10, 152 pairs a pixel",
  }),
  initialise: z.enum(["pretrained", "classifier"]).meta({
    title: "Backbone",
    help: "Whose weights the frozen backbone has",
    source: "irn net/resnet50_irn.py: ImageNet",
  }),
});

/** IRNet's class boundaries; displacements are for instances. @see Ahn et al. 2019 */
const irnSchema = z.strictObject({
  kind: z.literal("irn").meta({ title: "IRNet" }),
  strictThreshold: threshold.nullable().meta({
    title: "Strict threshold",
    unit: "normalised CAM, 0…1",
    help: "What is foreground above it is sure; empty takes twice the seeds' threshold",
    source: "irn run_sample.py, conf_fg_thres: 0.30",
  }),
  lenientThreshold: threshold.nullable().meta({
    title: "Lenient threshold",
    unit: "normalised CAM, 0…1",
    help: "What is background below it is sure; empty takes a third of the seeds' threshold",
    source: "irn run_sample.py, conf_bg_thres: 0.05",
  }),
  certainty: z.number().gt(0.5).lt(1).meta({
    title: "Certainty",
    unit: "probability that a label is right before the CRF",
    source: "irn misc/imutils.py, crf_inference_label: 0.7",
  }),
  crf: denseCrfSchema,
  training: irnTrainingSchema,
  walk: z.strictObject({
    radius: radius.meta({ unit: "values at stride 4, exclusive" }),
    ...walk,
    threshold: threshold.nullable().meta({
      title: "Background",
      unit: "share of the image's highest score, 0…1",
      help: "Below it a pixel is background; empty takes five thirds of the seeds' threshold",
      source: "irn run_sample.py, sem_seg_bg_thres: 0.25",
    }),
  }),
});
export type IrnConfig = z.infer<typeof irnSchema>;

export const refinementSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none").meta({ title: "None" }) }),
  z.strictObject({
    kind: z.literal("dense-crf").meta({ title: "Dense CRF" }),
    alpha: alpha.nullable().meta({
      title: "Background alpha",
      help: "Background = (1 − max CAM)^alpha; empty takes the seeds' own background. A CRF takes away what has no edge, so it wants more foreground than bare seeds do",
      source: "psa infer_cls.py: 4 and 32",
    }),
    crf: denseCrfSchema,
  }),
  affinitySchema,
  irnSchema,
  z.strictObject({ kind: z.literal("imported").meta({ title: "Imported" }), ...importedFields }),
]);
