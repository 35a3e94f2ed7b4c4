import { resizeLabels } from "../tensor/resize.ts";
import { tf } from "../tensor/tf.ts";
import {
  type Optimisation,
  type StepResult,
  type TrainingState,
  trainingStep,
} from "../tensor/training.ts";
import type { Weights } from "../tensor/weights.ts";
import { boundaryLosses, taughtPairs } from "./boundary-loss.ts";
import { boundaryLogits, displacementField, type IrnTaps } from "./irn-net.ts";
import { disposeTaps, type IrnNetwork, irnRules, irnTaps } from "./irn-network.ts";

export interface IrnStep {
  readonly network: IrnNetwork;
  /** The frozen backbone's weights. */
  readonly trunk: Weights;
  /** Of both branches. Used up: what the step replaces is disposed. */
  readonly state: TrainingState;
  /** [N, H, W, 3] 0…255 */
  readonly images: tf.Tensor4D;
  /** [N, H, W] int32, 0…C, greater where nothing is sure */
  readonly labels: tf.Tensor3D;
  /** C, foreground classes. */
  readonly classes: number;
  /** Feature pixels at stride 4, exclusive. irn: 10 */
  readonly radiusInFeatures: number;
  readonly optimisation: Optimisation;
  readonly totalSteps: number;
}

const tapTensors = ({ stem, stages: [one, two, three, four] }: IrnTaps) => ({
  stem,
  one,
  two,
  three,
  four,
});

const tapsOfBatch = (batch: ReturnType<typeof tapTensors>): IrnTaps => ({
  stem: batch.stem,
  stages: [batch.one, batch.two, batch.three, batch.four],
});

/**
 * One step of training IRNet's branches; labels are brought to stride 4 by the nearest pixel.
 *
 * images    [N, H, W, 3]  0…255
 * labels    [N, H, W]     what is sure
 * returns   the next state, and the loss before the step
 *
 * @throws {ValueRangeError} when the loss is not finite
 * @see Ahn et al. 2019, section 3.2.3; irn step/train_irn.py
 */
export async function trainIrnStep({
  network,
  trunk,
  state,
  images,
  labels,
  classes,
  radiusInFeatures,
  optimisation,
  totalSteps,
}: IrnStep): Promise<StepResult> {
  const { shapes } = network;
  const taps = irnTaps(network, trunk, images);
  const [, height, width] = taps.stages[0].shape;
  const small = resizeLabels(labels, { height, width });
  const pairs = taughtPairs(small, { radiusInFeatures, classes });
  try {
    return await trainingStep({
      state,
      rules: irnRules(network, optimisation),
      optimisation,
      totalSteps,
      batch: { ...tapTensors(taps), ...pairs },
      objective(weights, part) {
        const own = tapsOfBatch(part);
        const boundary = tf.sigmoid(boundaryLogits(own, weights, shapes));
        const displacements = displacementField(own, weights, { shapes, centred: false });
        return {
          loss: boundaryLosses(boundary, displacements, part, { radiusInFeatures }).total,
        };
      },
    });
  } finally {
    disposeTaps(taps);
    small.dispose();
    tf.dispose(Object.values(pairs));
  }
}
