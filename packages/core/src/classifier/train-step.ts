import {
  type ChannelDropout,
  startTrainingPass,
  trainedParameters,
} from "../backbones/backbone.ts";
import { type ParameterRule } from "../tensor/optimizer.ts";
import { tf } from "../tensor/tf.ts";
import {
  type Optimisation,
  parameterRules,
  type StepResult,
  type TrainingState,
  trainingStep,
} from "../tensor/training.ts";
import { type Classifier, HEAD_BIAS, logitsOfFeatures, mapsOfFeatures } from "./classifier.ts";
import { multiLabelSoftMarginLoss } from "./multilabel-loss.ts";

/**
 * All but the head's bias [C], left at zero: a logit is then the mean of its map, and nothing else.
 *
 * @see https://arxiv.org/abs/1512.04150 global average pooling and one layer of weights, no bias
 */
export const classifierRules = (
  { backbone, headParameters }: Classifier,
  optimisation: Optimisation,
): ParameterRule[] =>
  parameterRules(
    {
      pretrained: trainedParameters(backbone, backbone).pretrained,
      fresh: [
        ...trainedParameters(backbone, backbone).fresh,
        ...headParameters.filter(({ name }) => name !== HEAD_BIAS),
      ],
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
  /** What the references drop while training, where the backbone has any. */
  readonly dropout?: ChannelDropout;
  /** Sees maps [N, h, w, C] and logits [N, C] of the very forward pass that trains; keeps neither. */
  readonly observe?: (maps: tf.Tensor4D, logits: tf.Tensor2D) => Promise<void>;
}

/**
 * One step of training the whole classifier; norms of a pretrained backbone stay as they are.
 *
 * images       [N, H, W, 3]  0…255
 * imageLabels  [N, C]        0 or 1
 * returns      the next state, and the loss before the step
 *
 * @throws {ValueRangeError} when the loss is not finite
 * @see Ahn & Kwak 2018, section 5.1; psa train_cls.py
 */
export async function trainClassifierStep({
  classifier,
  state,
  images,
  imageLabels,
  optimisation,
  totalSteps,
  dropout,
  observe,
}: ClassifierStep): Promise<StepResult> {
  const { backbone } = classifier;
  const seen: { maps: tf.Tensor4D[]; logits: tf.Tensor2D[] } = { maps: [], logits: [] };
  const result = await trainingStep({
    state,
    rules: classifierRules(classifier, optimisation),
    optimisation,
    totalSteps,
    batch: { images, imageLabels },
    objective(weights, part) {
      const pass = startTrainingPass(dropout);
      const features = backbone.features(weights, part.images, pass);
      const drops = dropout !== undefined && backbone.headDropout > 0;
      const kept = drops ? dropout(features, backbone.headDropout) : features;
      const logits = logitsOfFeatures(kept, weights);
      if (observe) {
        seen.maps.push(tf.keep(mapsOfFeatures(features, weights)));
        seen.logits.push(tf.keep(logits.clone()));
      }
      const loss = multiLabelSoftMarginLoss(logits, part.imageLabels);
      return { loss, replacements: pass.statistics };
    },
  });
  if (!observe) return result;
  const [maps, logits] = [tf.concat(seen.maps, 0), tf.concat(seen.logits, 0)];
  tf.dispose([...seen.maps, ...seen.logits]);
  try {
    await observe(maps, logits);
  } finally {
    tf.dispose([maps, logits]);
  }
  return result;
}
