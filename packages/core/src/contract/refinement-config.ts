import { z } from "zod";
import { denseCrfSchema, optimisation } from "./config-fields.ts";

/** Affinity labels lie on the grid of the image's own size, so views are never rescaled. */
const { scaleJitter: _, ...unscaled } = optimisation;

const alpha = z.number().gt(0).max(100);

const affinityWalkSchema = z.strictObject({
  alpha: alpha.nullable().meta({
    title: "Background alpha",
    help: "Background = (1 − max CAM)^alpha; empty takes the exponent of the seeds' own threshold",
    source: "psa infer_aff.py: 16; SEAM: 6",
  }),
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
});

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
  radius: z
    .int()
    .min(2)
    .max(16)
    .meta({ title: "Radius", unit: "features, exclusive", source: "psa: 5, 34 pairs a pixel" }),
  borders: z.enum(["full", "psa-compat"]).meta({
    title: "Borders",
    help: "psa-compat leaves pairs in the outer frame without an edge, as the release",
  }),
  walk: affinityWalkSchema,
});
export type AffinityConfig = z.infer<typeof affinitySchema>;

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
]);
