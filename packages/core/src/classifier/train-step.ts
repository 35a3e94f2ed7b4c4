import { type ParameterRule } from "../tensor/optimizer.ts";
import type { tf } from "../tensor/tf.ts";
import {
  type Optimisation,
  parameterRules,
  type StepResult,
  type TrainingState,
  trainingStep,
} from "../tensor/training.ts";
import { type Classifier, classify, HEAD_BIAS } from "./classifier.ts";
import { multiLabelSoftMarginLoss } from "./multilabel-loss.ts";

/** The head's bias is left at zero: a logit is then the mean of its map, and nothing else. */
const rulesOf = (
  { backbone, headParameters }: Classifier,
  optimisation: Optimisation,
): ParameterRule[] =>
  parameterRules(
    {
      pretrained: backbone.parameters,
      fresh: headParameters.filter(({ name }) => name !== HEAD_BIAS),
    },
    optimisation,
  );

export interface ClassifierStep {
  readonly classifier: Classifier;
  /** Used up: what the step replaces is disposed. */
  readonly state: TrainingState;
  /** [N, H, W, 3] 0…255 */
  readonly images: tf.Tensor4D;
  /** [N, C] 0 or 1 */
  readonly imageLabels: tf.Tensor2D;
  readonly optimisation: Optimisation;
  readonly totalSteps: number;
}

/**
 * One step of training the whole classifier; batch norms keep their statistics and their affine part.
 *
 * images       [N, H, W, 3]  0…255
 * imageLabels  [N, C]        0 or 1
 * returns      the next state, and the loss before the step
 *
 * @throws {ValueRangeError} when the loss is not finite
 * @see Ahn & Kwak 2018, section 5.1; psa train_cls.py
 */
export function trainClassifierStep({
  classifier,
  state,
  images,
  imageLabels,
  optimisation,
  totalSteps,
}: ClassifierStep): Promise<StepResult> {
  return trainingStep({
    state,
    rules: rulesOf(classifier, optimisation),
    optimisation,
    totalSteps,
    objective: (weights) => ({
      loss: multiLabelSoftMarginLoss(classify(classifier, weights, images), imageLabels),
    }),
  });
}
