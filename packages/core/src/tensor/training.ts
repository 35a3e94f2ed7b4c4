import { ValueRangeError, WeightsError } from "../contract/errors.ts";
import {
  adamWStep,
  learningRateAt,
  type ParameterRule,
  sgdStep,
  type Update,
  type Updated,
} from "./optimizer.ts";
import { type BatchTensors, partsOf } from "./batch-parts.ts";
import { fromArray, toArray } from "./layout.ts";
import type { NamedArray, StateDict } from "./state-dict.ts";
import { tf } from "./tf.ts";
import {
  disposeWeights,
  type Parameter,
  stateDictOf,
  type Weights,
  weightOf,
  weightsFromStateDict,
} from "./weights.ts";

/** Everything that a further step depends on. A step takes a state, uses it up, and gives the next. */
export interface TrainingState {
  readonly weights: Weights;
  /** What the optimiser remembers. */
  readonly memory: Weights;
  /** Steps done. */
  readonly step: number;
}

export const startTraining = (weights: Weights): TrainingState => ({
  weights,
  memory: new Map(),
  step: 0,
});

export type Optimiser =
  | { readonly kind: "sgd"; readonly nesterov: boolean }
  | { readonly kind: "adamw"; readonly beta2: number; readonly epsilon: number };

/** The fields of a run's config that a training step reads; the contract's `optimisation` explains them. */
export interface Optimisation {
  readonly epochs: number;
  readonly learningRate: number;
  readonly headLearningRateFactor: number;
  readonly optimiser: Optimiser;
  readonly momentum: number;
  readonly weightDecay: number;
  readonly polyPower: number;
  readonly polyEvery: number;
  readonly learningRateDrop: {
    readonly epochs: readonly number[];
    readonly factor: number;
  } | null;
  readonly accumulationSteps: number;
}

/**
 * The references' parameter groups: pretrained weights lr, their biases 2·lr without decay; new
 * weights head·lr, their biases 2·head·lr without decay. Norms of a pretrained network are frozen.
 * @see psa tool/torchutils.py and network get_parameter_groups
 */
export function parameterRules(
  {
    pretrained,
    fresh,
  }: { readonly pretrained: readonly Parameter[]; readonly fresh: readonly Parameter[] },
  { headLearningRateFactor, weightDecay }: Optimisation,
): ParameterRule[] {
  const rule = ({ name, role }: Parameter, factor: number): ParameterRule =>
    role === "weight"
      ? { name, learningRateFactor: factor, weightDecay }
      : { name, learningRateFactor: factor * 2, weightDecay: 0 };
  const trained = fresh.filter(({ role }) => role !== "norm-mean" && role !== "norm-variance");
  return [
    ...pretrained
      .filter(({ role }) => role === "weight" || role === "bias")
      .map((parameter) => rule(parameter, 1)),
    ...trained.map((parameter) => rule(parameter, headLearningRateFactor)),
  ];
}

export interface Objective {
  readonly loss: tf.Scalar;
  /** Kept tensors that replace weights after the step: running statistics. */
  readonly replacements?: Weights;
  /** Terms of the loss worth a curve of their own, by name. */
  readonly terms?: Readonly<Record<string, tf.Scalar>>;
}

export interface StepOptions<Batch extends BatchTensors> {
  readonly state: TrainingState;
  readonly rules: readonly ParameterRule[];
  readonly optimisation: Optimisation;
  readonly totalSteps: number;
  /** What the objective looks at, images along the first axis. */
  readonly batch: Batch;
  /** A mean over images of the batch, or of the part of it that is given. */
  objective(weights: Weights, batch: Batch): Objective;
}

export interface StepResult {
  readonly state: TrainingState;
  readonly loss: number;
  /** Terms of the loss, where the objective names them. */
  readonly terms: Readonly<Record<string, number>>;
  readonly learningRate: number;
}

/** Loss, its gradient for every rule's parameter, and replacements, all kept. */
interface Slope {
  readonly loss: tf.Scalar;
  readonly gradients: Weights;
  readonly replacements: Weights;
  readonly terms: Weights;
}

function lossAndGradients(
  weights: Weights,
  rules: readonly ParameterRule[],
  objective: (weights: Weights) => Objective,
): Slope {
  let replacements: Weights = new Map();
  let terms: Weights = new Map();
  const names = rules.map(({ name }) => name);
  const { value, grads } = tf.valueAndGrads((...tensors) => {
    const trained = new Map([
      ...weights,
      ...names.map((name, at) => [name, tensors[at]!] as const),
    ]);
    const result = objective(trained);
    replacements = result.replacements ?? replacements;
    terms = new Map(
      Object.entries(result.terms ?? {}).map(([name, term]) => [name, tf.keep(term)] as const),
    );
    return result.loss;
  })(names.map((name) => weightOf(weights, name)));
  return {
    loss: value as tf.Scalar,
    gradients: new Map(names.map((name, at) => [name, grads[at]!])),
    replacements,
    terms,
  };
}

/** earlier + share · further; both are used up. */
function addShare<T extends tf.Tensor>(earlier: T | undefined, further: T, share: number): T {
  if (share === 1) return further;
  const sum = tf.tidy(() => {
    const part = tf.mul<T>(further, share);
    return earlier === undefined ? part : tf.add<T>(earlier, part);
  });
  tf.dispose([further, ...(earlier === undefined ? [] : [earlier])]);
  return sum;
}

/** The slope of a whole batch as the mean over its parts; running statistics go from part to part. */
function slopeOfBatch<Batch extends BatchTensors>({
  state,
  rules,
  optimisation: { accumulationSteps },
  batch,
  objective,
}: StepOptions<Batch>): Slope {
  let loss: tf.Scalar | undefined;
  const gradients = new Map<string, tf.Tensor>();
  const replacements = new Map<string, tf.Tensor>();
  const terms = new Map<string, tf.Tensor>();
  for (const part of partsOf(batch, accumulationSteps)) {
    const slope = lossAndGradients(new Map([...state.weights, ...replacements]), rules, (weights) =>
      objective(weights, part.batch),
    );
    loss = addShare(loss, slope.loss, part.share);
    for (const [name, gradient] of slope.gradients) {
      gradients.set(name, addShare(gradients.get(name), gradient, part.share));
    }
    for (const [name, term] of slope.terms) {
      terms.set(name, addShare(terms.get(name), term, part.share));
    }
    for (const [name, statistic] of slope.replacements) {
      replacements.get(name)?.dispose();
      replacements.set(name, statistic);
    }
  }
  return { loss: loss!, gradients, replacements, terms };
}

/** Values of scalars by name; the scalars are used up. */
async function takeScalars(scalars: Weights): Promise<Record<string, number>> {
  const values: Record<string, number> = {};
  for (const [name, scalar] of scalars) values[name] = (await scalar.data())[0]!;
  disposeWeights(scalars);
  return values;
}

/** Disposes the tensors of `before` that `after` does not hold. */
function disposeReplaced(before: Weights, after: Weights): void {
  const kept = new Set([...after.values()].map(({ id }) => id));
  for (const tensor of before.values()) if (!kept.has(tensor.id)) tensor.dispose();
}

/** The momentum of a config is AdamW's β₁: both keep a share of the earlier direction. */
function optimiserStep(update: Update, { optimiser, momentum }: Optimisation): Updated {
  switch (optimiser.kind) {
    case "sgd":
      return sgdStep(update, { momentum, nesterov: optimiser.nesterov });
    case "adamw":
      return adamWStep(update, {
        beta1: momentum,
        beta2: optimiser.beta2,
        epsilon: optimiser.epsilon,
      });
  }
}

/**
 * One step of gradient descent at the schedule's rate, its gradient gathered over the batch's parts.
 *
 * The given state is used up: tensors that the step replaces are disposed.
 * @throws {ValueRangeError} when the loss is not a number; the state is left as it was
 */
export async function trainingStep<Batch extends BatchTensors>(
  options: StepOptions<Batch>,
): Promise<StepResult> {
  const { state, rules, optimisation, totalSteps } = options;
  const schedule = {
    initial: optimisation.learningRate,
    power: optimisation.polyPower,
    every: optimisation.polyEvery,
    epochs: optimisation.epochs,
    steps: totalSteps,
    drop: optimisation.learningRateDrop,
  };
  const learningRate = learningRateAt(schedule, state.step);
  const { loss, gradients, replacements, terms } = slopeOfBatch(options);
  const value = (await loss.data())[0]!;
  loss.dispose();
  const termValues = await takeScalars(terms);
  if (!Number.isFinite(value)) {
    disposeWeights(gradients);
    disposeWeights(replacements);
    throw new ValueRangeError(
      `training: expected a finite loss at step ${state.step}, got ${value}. Lower the learning rate.`,
    );
  }
  const updated = optimiserStep({ ...state, gradients, rules, learningRate }, optimisation);
  disposeWeights(gradients);
  const weights = new Map([...updated.weights, ...replacements]);
  disposeReplaced(state.weights, weights);
  disposeReplaced(state.memory, updated.memory);
  return {
    state: { weights, memory: updated.memory, step: state.step + 1 },
    loss: value,
    terms: termValues,
    learningRate,
  };
}

const MEMORY = "optimizer.";
const STEP = "training.step";

/** A state as arrays; a state made of them again goes on to the same bit. */
export async function encodeTrainingState(
  parameters: readonly Parameter[],
  { weights, memory, step }: TrainingState,
): Promise<StateDict> {
  const arrays = new Map<string, NamedArray>(await stateDictOf(parameters, weights));
  for (const [name, tensor] of memory) arrays.set(`${MEMORY}${name}`, await toArray(tensor));
  return arrays.set(STEP, { dtype: "I32", shape: [1], data: Int32Array.of(step) });
}

/** The inverse of `encodeTrainingState`. @throws {WeightsError} when arrays are missing */
export function decodeTrainingState(
  parameters: readonly Parameter[],
  arrays: StateDict,
  where = "checkpoint",
): TrainingState {
  const step = arrays.get(STEP)?.data[0];
  if (step === undefined) {
    throw new WeightsError(`${where}: expected ${STEP}, got none. Is it a training checkpoint?`);
  }
  const memory = [...arrays]
    .filter(([name]) => name.startsWith(MEMORY))
    .map(([name, array]) => [name.slice(MEMORY.length), fromArray(array)] as const);
  return {
    weights: weightsFromStateDict(parameters, arrays, where),
    memory: new Map(memory),
    step,
  };
}

export function disposeTrainingState({ weights, memory }: TrainingState): void {
  disposeWeights(weights);
  disposeWeights(memory);
}
