import { startTrainingPass } from "../backbones/backbone.ts";
import { averagePool } from "../tensor/pool.ts";
import { type StepResult, trainingStep } from "../tensor/training.ts";
import { splitBackground } from "./correlation-input.ts";
import { classRules, seamCam } from "./seam-network.ts";
import type { SiameseStep } from "./siamese-step.ts";

/**
 * One step of plain classification, before SEAM's own: what a pretrained network brings along.
 *
 * images       [N, H, W, 3]  0…255
 * imageLabels  [N, C]        0 or 1
 * returns      the next state, and the loss before the step
 *
 * The correlation module is left as it is. Differs from the release, which starts from ImageNet: two
 * views of a network that knows nothing agree best where no map has any class.
 * @throws {ValueRangeError} when the loss is not finite
 * @see SEAM issue 12: trained from nothing, the equivariance loss falls to 0
 */
export const trainWarmUpStep = ({
  network,
  state,
  images,
  imageLabels,
  optimisation,
  totalSteps,
  dropout,
  classificationLoss,
}: Omit<SiameseStep, "branchScale" | "upsampling">): Promise<StepResult> =>
  trainingStep({
    state,
    rules: classRules(network, optimisation),
    optimisation,
    totalSteps,
    batch: { images, imageLabels },
    objective(weights, part) {
      const pass = startTrainingPass(dropout);
      const [, maps] = splitBackground(seamCam(network, weights, part.images, pass));
      return {
        loss: classificationLoss(averagePool(maps), part.imageLabels),
        replacements: pass.statistics,
      };
    },
  });
