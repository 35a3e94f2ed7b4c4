import { startTrainingPass } from "../backbones/backbone.ts";
import { resizeLabels, resizeScores } from "../tensor/resize.ts";
import { expectShape } from "../tensor/shape.ts";
import { tf } from "../tensor/tf.ts";
import {
  type Optimisation,
  parameterRules,
  type StepResult,
  type TrainingState,
  trainingStep,
} from "../tensor/training.ts";
import { disposeWeights, type Weights } from "../tensor/weights.ts";
import { multiScaleLogits } from "./deeplab-v2.ts";
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
 * Sum of the losses of each scale and of their maximum, the labels shrunk to each one's grid.
 * @see deeplab-pytorch main.py, train
 */
const fusedLoss = (
  scores: readonly tf.Tensor4D[],
  labelMaps: tf.Tensor3D,
  options: { readonly balanced: boolean },
): tf.Scalar =>
  tf.addN(
    scores.map((logits) => {
      const [, height, width] = logits.shape;
      return segmentationLoss(logits, resizeLabels(labelMaps, { height, width }), options);
    }),
  );

/**
 * One step of training a segmenter, its loss taken on the scores enlarged to the images' size; where
 * scales are fused, on each scale's own grid.
 *
 * images     [N, H, W, 3]  0…255
 * labelMaps  [N, H, W]     label ids, 255 left out
 * returns    the next state, and the loss before the step
 *
 * Differs from the release: deeplab-pytorch always shrinks the labels instead; OAA's, SEAM's and DeepLab v3's
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
  const { backbone, head, fusedScales } = segmenter;
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
    objective(weights, { images: views, labelMaps: targets }) {
      const seen: Weights[] = [];
      const { perScale, fused } = multiScaleLogits(views, fusedScales, (view) => {
        const pass = startTrainingPass();
        const features = backbone.dense.twoDepths(weights, view, pass);
        const { logits, replacements } = head.train(weights, features);
        seen.push(new Map([...pass.statistics, ...replacements]));
        return logits;
      });
      // Running statistics follow the full scale, the first one seen.
      const [replacements, ...others] = seen;
      others.forEach(disposeWeights);
      const loss =
        fusedScales.length === 0
          ? segmentationLoss(resizeScores(fused, { height, width, grid: "half-pixel" }), targets, {
              balanced,
            })
          : fusedLoss([...perScale, fused], targets, { balanced });
      return { loss, replacements: replacements! };
    },
  });
}
