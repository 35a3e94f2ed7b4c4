import { type ChannelDropout, startTrainingPass } from "../backbones/backbone.ts";
import { resizeScores } from "../tensor/resize.ts";
import type { tf } from "../tensor/tf.ts";
import {
  type Optimisation,
  type StepResult,
  type TrainingState,
  trainingStep,
} from "../tensor/training.ts";
import { disposeWeights } from "../tensor/weights.ts";
import { siameseMaps, type SiameseUpsampling } from "./siamese-maps.ts";
import { seamForward, type SeamNetwork, seamRules } from "./seam-network.ts";
import { siameseLosses } from "./siamese-losses.ts";

export interface SiameseStep {
  readonly network: SeamNetwork;
  /** Used up: what the step replaces is disposed. */
  readonly state: TrainingState;
  /** [N, H, W, 3] 0…255 */
  readonly images: tf.Tensor4D;
  /** [N, C] 0 or 1 */
  readonly imageLabels: tf.Tensor2D;
  readonly optimisation: Optimisation;
  readonly totalSteps: number;
  /** Size of the second view, × the first. */
  readonly branchScale: number;
  readonly upsampling: SiameseUpsampling;
  readonly dropout: ChannelDropout;
  readonly classificationLoss: (logits: tf.Tensor2D, imageLabels: tf.Tensor2D) => tf.Scalar;
}

/**
 * One step of SEAM: both views through the same weights, one loss.
 *
 * images       [N, H, W, 3]  0…255
 * imageLabels  [N, C]        0 or 1
 * returns      the next state, and the total loss before the step
 *
 * @throws {ValueRangeError} when the loss is not finite
 * @see Wang et al. 2020, section 3; SEAM train_SEAM.py
 */
export function trainSiameseStep({
  network,
  state,
  images,
  imageLabels,
  optimisation,
  totalSteps,
  branchScale,
  upsampling,
  dropout,
  classificationLoss,
}: SiameseStep): Promise<StepResult> {
  const [, height, width] = images.shape;
  const large = { height, width };
  const small = {
    height: Math.max(1, Math.floor(height * branchScale)),
    width: Math.max(1, Math.floor(width * branchScale)),
  };
  return trainingStep({
    state,
    rules: seamRules(network, optimisation),
    optimisation,
    totalSteps,
    batch: { images, imageLabels },
    objective(weights, part) {
      const shrunk = resizeScores(part.images, { ...small, grid: "corner-aligned" });
      // Running statistics follow the large view, the one that inference resembles.
      const pass = startTrainingPass(dropout);
      const side = startTrainingPass(dropout);
      const maps = siameseMaps(
        {
          large: seamForward(network, weights, part.images, pass),
          small: seamForward(network, weights, shrunk, side),
        },
        { large, small },
        upsampling,
      );
      disposeWeights(side.statistics);
      const { total, classification, equivariance, crossRegularisation } = siameseLosses(
        maps,
        part.imageLabels,
        classificationLoss,
      );
      return {
        loss: total,
        replacements: pass.statistics,
        terms: {
          "classification-loss": classification,
          "equivariance-loss": equivariance,
          "cross-regularisation-loss": crossRegularisation,
        },
      };
    },
  });
}
