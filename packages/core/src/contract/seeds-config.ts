import { z } from "zod";
import { importedFields } from "./imports.ts";
import { flip, optimisation, scales, viewSize } from "./config-fields.ts";

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

/** What every seed method needs to look at an image and to cut scores into labels. */
const views = { imageSize: viewSize, scales, flip, background: backgroundSchema };

/** Second network of OAA+, which learns to give accumulated attention in one pass. */
const { scaleJitter: _, ...unscaled } = optimisation;
const integralModelSchema = z.strictObject({
  ...unscaled,
  initialise: z.enum(["pretrained", "classifier"]).meta({
    title: "Start from",
    help: "Weights the integral model starts from",
    source: "OAA-PyTorch train_iam.py: ImageNet",
  }),
});

const attentionDropSchema = z.strictObject({
  probability: z.number().gt(0).max(1).meta({ title: "Share of views" }),
  threshold: z.number().min(0).lt(1).meta({ title: "Threshold", unit: "attention, 0…1" }),
});

/** What SEAM did before these were fields, as its release. */
export const SEAM_DEFAULTS = { upsampling: "exact", warmUpEpochs: 0 } as const;

export const seedsSchema = z.discriminatedUnion("method", [
  z.strictObject({ method: z.literal("cam").meta({ title: "CAM" }), ...views }),
  z.strictObject({
    method: z.literal("oaa").meta({ title: "OAA" }),
    ...views,
    accumulation: z.enum(["maximum", "average", "harmonic"]).meta({
      title: "Accumulation",
      help: "How a new attention map joins those of earlier epochs",
      source: "Jiang et al. 2019, equation 2: maximum",
    }),
    skippedEpochs: z.int().min(0).max(1000).meta({
      title: "Skipped epochs",
      unit: "epochs before the first map is kept",
      source: "OAA-PyTorch models/vgg.py: 1",
    }),
    attentionDrop: attentionDropSchema.nullable().meta({
      title: "Attention drop",
      help: "Hides from some training views what was attended to before",
      source: "OAA-PyTorch, OAA-drop: 0.5 of the views, attention above 0.6",
    }),
    integralModel: integralModelSchema.nullable().meta({
      title: "Integral model (OAA+)",
      help: "Seeds come from a second network trained on the accumulated maps",
      source: "Jiang et al. 2019, section 3.3",
    }),
  }),
  z.strictObject({
    method: z.literal("seam").meta({ title: "SEAM" }),
    ...views,
    branchScale: z.number().min(0.1).max(0.9).meta({
      title: "Second branch",
      unit: "× crop size",
      help: "Scale of the second view of the siamese step",
      source: "SEAM train_SEAM.py: 0.3",
    }),
    upsampling: z.enum(["exact", "fast"]).default(SEAM_DEFAULTS.upsampling).meta({
      title: "Losses on",
      help: "exact: maps enlarged to their views, as the release; fast: the large view's feature grid, 64 times fewer values at stride 8",
      source: "SEAM network/resnet38_SEAM.py: exact",
    }),
    warmUpEpochs: z.int().min(0).max(1000).default(SEAM_DEFAULTS.warmUpEpochs).meta({
      title: "Warm-up",
      unit: "epochs of plain classification first",
      help: "For a network that starts from nothing: two views that know no class agree at once",
      source: "SEAM train_SEAM.py: 0, its network starts from ImageNet",
    }),
  }),
  z.strictObject({
    method: z.literal("imported").meta({ title: "Imported" }),
    ...importedFields,
    background: backgroundSchema,
  }),
]);
export type SeedsConfig = z.infer<typeof seedsSchema>;
export type SeedMethodName = SeedsConfig["method"];
