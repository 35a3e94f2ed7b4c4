import type { tf } from "../tensor/tf.ts";
import {
  type Optimisation,
  type StepResult,
  type TrainingState,
  trainingStep,
} from "../tensor/training.ts";
import { affinityLosses } from "./affinity-loss.ts";
import { affinityForward, type AffinityNetwork, affinityRules } from "./affinity-network.ts";
import { pairAffinities, type PairOptions } from "./pair-affinities.ts";

export interface AffinityStep {
  readonly network: AffinityNetwork;
  /** Used up: what the step replaces is disposed. */
  readonly state: TrainingState;
  /** [N, H, W, 3] 0…255 */
  readonly images: tf.Tensor4D;
  /** [N, h, w, K] int32, PAIR_KINDS of each pair */
  readonly kinds: tf.Tensor4D;
  readonly pairs: PairOptions;
  readonly optimisation: Optimisation;
  readonly totalSteps: number;
}

/**
 * One step of training AffinityNet.
 *
 * images    [N, H, W, 3]  0…255
 * kinds     [N, h, w, K]  what each pair teaches
 * returns   the next state, and the loss before the step
 *
 * @throws {ValueRangeError} when the loss is not finite
 * @see Ahn & Kwak 2018, equation 8; psa train_aff.py
 */
export const trainAffinityStep = ({
  network,
  state,
  images,
  kinds,
  pairs,
  optimisation,
  totalSteps,
}: AffinityStep): Promise<StepResult> =>
  trainingStep({
    state,
    rules: affinityRules(network, optimisation),
    optimisation,
    totalSteps,
    batch: { images, kinds },
    objective(weights, part) {
      const features = affinityForward(network, weights, part.images);
      return { loss: affinityLosses(pairAffinities(features, pairs), part.kinds).total };
    },
  });
