import type { Weights } from "./weights.ts";
import { weightOf } from "./weights.ts";
import { tf } from "./tf.ts";

/**
 * lr₀ · (1 − step / steps)^power, taken before the step; 0 from `steps` on.
 *
 * every  steps between changes; 1 but in deeplab-pytorch, where it is 10
 *
 * @see Chen et al. 2017 (DeepLab v2), section 4.1.2, "poly"; deeplab-pytorch libs/utils/lr_scheduler.py
 */
export const polynomialDecay =
  ({
    initial,
    power,
    steps,
    every = 1,
  }: {
    readonly initial: number;
    readonly power: number;
    readonly steps: number;
    readonly every?: number;
  }) =>
  (step: number): number =>
    initial * Math.max(0, 1 - (Math.floor(step / every) * every) / steps) ** power;

/** How one parameter is trained. A parameter without a rule is frozen. */
export interface ParameterRule {
  readonly name: string;
  /** × the learning rate of the step. */
  readonly learningRateFactor: number;
  /** Added to the gradient, × the weight (SGD); taken from the weight apart from it (AdamW). */
  readonly weightDecay: number;
}

export interface Update {
  readonly weights: Weights;
  readonly gradients: Weights;
  /** What the optimiser remembers; empty before the first step. */
  readonly memory: Weights;
  readonly rules: readonly ParameterRule[];
  readonly learningRate: number;
}

export interface Updated {
  /** New tensors for the parameters with a rule, the same ones for all others. */
  readonly weights: Weights;
  readonly memory: Weights;
}

export interface SgdOptions {
  readonly momentum: number;
  readonly nesterov: boolean;
}

const velocityName = (name: string): string => `momentum.${name}`;

/**
 * One step of stochastic gradient descent, PyTorch's form: g += decay·w; v = momentum·v + g;
 * w −= lr·v, or lr·(g + momentum·v) with Nesterov. The first v is g.
 *
 * The caller owns what comes back, and disposes what it gave and no longer needs.
 * @see PyTorch, torch.optim.SGD
 */
export function sgdStep(
  { weights, gradients, memory, rules, learningRate }: Update,
  { momentum, nesterov }: SgdOptions,
): Updated {
  const next = new Map(weights);
  const velocities = new Map<string, tf.Tensor>();
  for (const { name, learningRateFactor, weightDecay } of rules) {
    const weight = weightOf(weights, name);
    const gradient = weightOf(gradients, name);
    const rate = learningRate * learningRateFactor;
    const [stepped, velocity] = tf.tidy((): tf.Tensor[] => {
      const slope = weightDecay === 0 ? gradient : tf.add(gradient, tf.mul(weight, weightDecay));
      if (momentum === 0) return [tf.sub(weight, tf.mul(slope, rate))];
      const before = memory.get(velocityName(name));
      const moved = before === undefined ? slope.clone() : tf.add(tf.mul(before, momentum), slope);
      const direction = nesterov ? tf.add(slope, tf.mul(moved, momentum)) : moved;
      return [tf.sub(weight, tf.mul(direction, rate)), moved];
    });
    next.set(name, stepped!);
    if (velocity !== undefined) velocities.set(velocityName(name), velocity);
  }
  return { weights: next, memory: velocities };
}
