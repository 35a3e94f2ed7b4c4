import { z } from "zod";

/** Fields that several parts of a run's config share. */

export const scales = z
  .array(z.number().min(0.25).max(3))
  .min(1)
  .max(8)
  .meta({ title: "Scales", unit: "× image size", source: "irn step/make_cam.py: 1, 0.5, 1.5, 2" });

export const flip = z.boolean().meta({
  title: "Mirror",
  help: "Add the horizontally mirrored view",
  source: "psa infer_cls.py",
});

export const epochs = z
  .int()
  .min(1)
  .max(1000)
  .meta({ title: "Epochs", unit: "passes over the training split" });
export const batchSize = z.int().min(1).max(256).meta({ title: "Batch size", unit: "images" });
export const cropSize = z
  .int()
  .min(32)
  .max(1024)
  .multipleOf(8)
  .meta({ title: "Crop size", unit: "pixels", help: "Side of the square training crop" });
export const learningRate = z
  .number()
  .gt(0)
  .max(10)
  .meta({ title: "Learning rate", help: "Of pretrained weights; new layers multiply it" });
export const headLearningRateFactor = z.number().min(1).max(1000).meta({
  title: "Head factor",
  unit: "× learning rate",
  source: "psa: new layers train 10 times faster",
});
export const momentum = z.number().min(0).lt(1).meta({
  title: "Momentum",
  help: "Share of the earlier direction that a step keeps; β₁ of AdamW",
  source: "0 reproduces psa, irn and SEAM (their 0.9 is the poly power); AdamW: 0.9",
});
export const weightDecay = z
  .number()
  .min(0)
  .max(0.1)
  .meta({ title: "Weight decay", source: "psa: 5e-4" });
export const polyPower = z.number().min(0).max(5).meta({
  title: "Poly power",
  help: "lr · (1 − t/T)^power; 0 keeps the rate as it is",
  source: "psa torchutils.py: 0.9; 1-stage-wseg: constant",
});
export const scaleJitter = z
  .tuple([z.number().min(0.25).max(1), z.number().min(1).max(3)])
  .meta({ title: "Scale jitter", unit: "× long side", help: "Random resize before the crop" });

/**
 * What training did before these were fields. A config of those days means these values, and its
 * results are still taken over.
 */
export const OPTIMISATION_DEFAULTS = {
  optimiser: { kind: "sgd", nesterov: false },
  polyEvery: 1,
  learningRateDrop: null,
  accumulationSteps: 1,
} as const;

export const optimiser = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("sgd").meta({ title: "SGD" }),
      nesterov: z.boolean().meta({
        title: "Nesterov",
        help: "Look ahead along the momentum; does nothing where momentum is 0",
        source: "OAA-PyTorch train.py: yes; psa, irn, SEAM, DeepLab: no",
      }),
    }),
    z.strictObject({
      kind: z.literal("adamw").meta({ title: "AdamW" }),
      beta2: z.number().min(0).lt(1).meta({
        title: "Beta 2",
        help: "Share of the earlier mean square that a step keeps",
        source: "PyTorch AdamW, MCTformer, ToCo: 0.999",
      }),
      epsilon: z.number().gt(0).max(1).meta({
        title: "Epsilon",
        help: "Added to the root of the mean square",
        source: "PyTorch AdamW: 1e-8",
      }),
    }),
  ])
  .default(OPTIMISATION_DEFAULTS.optimiser)
  .meta({ title: "Optimiser" });
export const polyEvery = z.int().min(1).max(100_000).default(OPTIMISATION_DEFAULTS.polyEvery).meta({
  title: "Poly every",
  unit: "steps between changes of the rate",
  source: "deeplab-pytorch lr_scheduler.py: 10; all others: 1",
});
export const learningRateDrop = z
  .strictObject({
    epochs: z
      .array(z.int().min(1).max(1000))
      .min(1)
      .max(8)
      .meta({ title: "At epochs", unit: "epochs done", source: "OAA-PyTorch train.py: 10" }),
    factor: z
      .number()
      .gt(0)
      .lt(1)
      .meta({ title: "Factor", unit: "× rate, at each", source: "OAA-PyTorch train.py: 0.1" }),
  })
  .nullable()
  .default(OPTIMISATION_DEFAULTS.learningRateDrop)
  .meta({ title: "Drop the rate", help: "A staircase, on top of the polynomial" });
export const accumulationSteps = z
  .int()
  .min(1)
  .max(256)
  .default(OPTIMISATION_DEFAULTS.accumulationSteps)
  .meta({
    title: "Gradient accumulation",
    unit: "parts a batch",
    help: "A batch goes through in so many parts and makes one step: less memory, the same step where norms are frozen",
    source: "deeplab-pytorch iter_size: 2; OAA: 5; LargeFOV: 10",
  });

export const optimisation = {
  epochs,
  batchSize,
  accumulationSteps,
  cropSize,
  learningRate,
  headLearningRateFactor,
  optimiser,
  momentum,
  weightDecay,
  polyPower,
  polyEvery,
  learningRateDrop,
  scaleJitter,
};

export const viewSize = z
  .int()
  .min(32)
  .max(2048)
  .meta({ title: "Image size", unit: "pixels, long side at scale 1" });

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
