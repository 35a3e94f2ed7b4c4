import type { Weights } from "./weights.ts";
import { weightOf } from "./weights.ts";
import { tf } from "./tf.ts";

/**
 * lr₀ · (1 − step / steps)^power, taken before the step; as at `steps` from there on.
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
    initial * (1 - (Math.floor(Math.min(step, steps) / every) * every) / steps) ** power;

export interface LearningRate {
  readonly initial: number;
  readonly power: number;
  readonly every: number;
  readonly epochs: number;
  readonly steps: number;
  /** At the end of each of these epochs the rate is multiplied once more. */
  readonly drop: { readonly epochs: readonly number[]; readonly factor: number } | null;
}

/**
 * The polynomial with a staircase on top: × factor from the first step after each listed epoch.
 * Power 0 leaves the staircase alone; without a drop too, the rate is constant.
 *
 * @see OAA-PyTorch scripts/train.py, adjust_learning_rate
 */
export const learningRateAt = (
  { initial, power, every, epochs, steps, drop }: LearningRate,
  step: number,
): number => {
  const rate = polynomialDecay({ initial, power, steps, every })(step);
  if (drop === null) return rate;
  const passed = drop.epochs.filter((epoch) => step * epochs >= epoch * steps).length;
  return rate * drop.factor ** passed;
};

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
  /** Steps done before this one. */
  readonly step: number;
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
  { weights, gradients, memory, rules, learningRate }: Omit<Update, "step">,
  { momentum, nesterov }: SgdOptions,
): Updated {
  const next = new Map(weights);
  const velocities = new Map<string, tf.Tensor>();
  const scalars = new Map<number, tf.Scalar>();
  // Few numbers serve many parameters: each goes to the device once a step.
  const times = (x: tf.Tensor, factor: number): tf.Tensor => {
    const scalar = scalars.get(factor) ?? tf.keep(tf.scalar(factor));
    scalars.set(factor, scalar);
    return tf.mul(x, scalar);
  };
  for (const { name, learningRateFactor, weightDecay } of rules) {
    const weight = weightOf(weights, name);
    const gradient = weightOf(gradients, name);
    const rate = learningRate * learningRateFactor;
    const [stepped, velocity] = tf.tidy((): tf.Tensor[] => {
      const slope = weightDecay === 0 ? gradient : tf.add(gradient, times(weight, weightDecay));
      if (momentum === 0) return [tf.sub(weight, times(slope, rate))];
      const before = memory.get(velocityName(name));
      const moved = before === undefined ? slope.clone() : tf.add(times(before, momentum), slope);
      const direction = nesterov ? tf.add(slope, times(moved, momentum)) : moved;
      return [tf.sub(weight, times(direction, rate)), moved];
    });
    next.set(name, stepped!);
    if (velocity !== undefined) velocities.set(velocityName(name), velocity);
  }
  tf.dispose([...scalars.values()]);
  return { weights: next, memory: velocities };
}

export interface AdamWOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

const firstMoment = (name: string): string => `adam.first.${name}`;
const secondMoment = (name: string): string => `adam.second.${name}`;

/**
 * One step of Adam with decoupled weight decay, PyTorch's form: w −= lr·decay·w; m and v are running
 * means of g and g²; w −= lr · m̂ / (√v̂ + ε) with m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ).
 *
 * The caller owns what comes back, and disposes what it gave and no longer needs.
 * @see Loshchilov & Hutter 2019, algorithm 2; PyTorch, torch.optim.AdamW
 */
export function adamWStep(
  { weights, gradients, memory, rules, learningRate, step }: Update,
  { beta1, beta2, epsilon }: AdamWOptions,
): Updated {
  const next = new Map(weights);
  const moments = new Map<string, tf.Tensor>();
  const firstBias = 1 - beta1 ** (step + 1);
  const secondRoot = Math.sqrt(1 - beta2 ** (step + 1));
  const blend = (before: tf.Tensor | undefined, value: tf.Tensor, share: number): tf.Tensor => {
    const fresh = tf.mul(value, 1 - share);
    return before === undefined ? fresh : tf.add(tf.mul(before, share), fresh);
  };
  for (const { name, learningRateFactor, weightDecay } of rules) {
    const weight = weightOf(weights, name);
    const gradient = weightOf(gradients, name);
    const rate = learningRate * learningRateFactor;
    const [stepped, first, second] = tf.tidy((): [tf.Tensor, tf.Tensor, tf.Tensor] => {
      const m = blend(memory.get(firstMoment(name)), gradient, beta1);
      const v = blend(memory.get(secondMoment(name)), tf.square(gradient), beta2);
      const spread = tf.add(tf.div(tf.sqrt(v), secondRoot), epsilon);
      const decayed = tf.mul(weight, 1 - rate * weightDecay);
      return [tf.sub(decayed, tf.mul(tf.div(m, spread), rate / firstBias)), m, v];
    });
    next.set(name, stepped);
    moments.set(firstMoment(name), first).set(secondMoment(name), second);
  }
  return { weights: next, memory: moments };
}
