import { startTrainingPass } from "../backbones/backbone.ts";
import { resizeScores } from "../tensor/resize.ts";
import { expectShape } from "../tensor/shape.ts";
import type { tf } from "../tensor/tf.ts";
import {
  type Optimisation,
  parameterRules,
  type StepResult,
  type TrainingState,
  trainingStep,
} from "../tensor/training.ts";
import { segmentationLoss } from "./segmentation-loss.ts";
import type { Segmenter } from "./segmenter.ts";

export interface SegmenterStep {
  readonly segmenter: Segmenter;
  /** Used up: what the step replaces is disposed. */
  readonly state: TrainingState;
  /** [N, H, W, 3] 0…255 */
  readonly images: tf.Tensor4D;
  /** [N, H, W] int32 label ids, 255 left out */
  readonly labelMaps: tf.Tensor3D;
  readonly optimisation: Optimisation;
  readonly totalSteps: number;
  /** Background and foreground weigh the same; default false. */
  readonly balanced?: boolean;
}

/**
 * One step of training a segmenter, its loss taken on the scores enlarged to the images' size.
 *
 * images     [N, H, W, 3]  0…255
 * labelMaps  [N, H, W]     label ids, 255 left out
 * returns    the next state, and the loss before the step
 *
 * Differs from the release: deeplab-pytorch shrinks the labels instead; OAA's, SEAM's and DeepLab v3's
 * code enlarge the scores, which uses every labelled pixel.
 * @throws {ValueRangeError} when the loss is not finite
 * @see Chen et al. 2017 (DeepLab v3), section 4.1
 */
export function trainSegmenterStep({
  segmenter,
  state,
  images,
  labelMaps,
  optimisation,
  totalSteps,
  balanced = false,
}: SegmenterStep): Promise<StepResult> {
  const { backbone, head } = segmenter;
  const trunk = {
    pretrained: backbone.dense.parameters.filter(
      (parameter) => !backbone.fresh.includes(parameter),
    ),
    fresh: backbone.dense.parameters.filter((parameter) => backbone.fresh.includes(parameter)),
  };
  const { H: height, W: width } = expectShape(
    labelMaps,
    ["N", "H", "W"],
    {
      N: images.shape[0],
      H: images.shape[1],
      W: images.shape[2],
    },
    "trainSegmenterStep",
  ) as { H: number; W: number };
  return trainingStep({
    state,
    rules: parameterRules(
      { pretrained: trunk.pretrained, fresh: [...trunk.fresh, ...head.parameters] },
      optimisation,
    ),
    optimisation,
    totalSteps,
    batch: { images, labelMaps },
    objective(weights, part) {
      const pass = startTrainingPass();
      const features = backbone.dense.features(weights, part.images, pass);
      const { logits, replacements } = head.train(weights, features);
      const enlarged = resizeScores(logits, { height, width, grid: "half-pixel" });
      return {
        loss: segmentationLoss(enlarged, part.labelMaps, { balanced }),
        replacements: new Map([...pass.statistics, ...replacements]),
      };
    },
  });
}
