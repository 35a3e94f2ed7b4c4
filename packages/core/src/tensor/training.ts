import { ValueRangeError, WeightsError } from "../contract/errors.ts";
import { type ParameterRule, polynomialDecay, sgdStep } from "./optimizer.ts";
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

/** The fields of a run's config that a training step reads. */
export interface Optimisation {
  readonly learningRate: number;
  readonly headLearningRateFactor: number;
  readonly momentum: number;
  readonly weightDecay: number;
  readonly polyPower: number;
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
}

export interface StepOptions {
  readonly state: TrainingState;
  readonly rules: readonly ParameterRule[];
  readonly optimisation: Optimisation;
  readonly totalSteps: number;
  objective(weights: Weights): Objective;
}

export interface StepResult {
  readonly state: TrainingState;
  readonly loss: number;
  readonly learningRate: number;
}

/** Loss, its gradient for every rule's parameter, and replacements, all kept. */
function lossAndGradients(
  weights: Weights,
  rules: readonly ParameterRule[],
  objective: StepOptions["objective"],
): { loss: tf.Scalar; gradients: Weights; replacements: Weights } {
  let replacements: Weights = new Map();
  const names = rules.map(({ name }) => name);
  const { value, grads } = tf.valueAndGrads((...tensors) => {
    const trained = new Map([
      ...weights,
      ...names.map((name, at) => [name, tensors[at]!] as const),
    ]);
    const result = objective(trained);
    replacements = result.replacements ?? replacements;
    return result.loss;
  })(names.map((name) => weightOf(weights, name)));
  return {
    loss: value as tf.Scalar,
    gradients: new Map(names.map((name, at) => [name, grads[at]!])),
    replacements,
  };
}

/** Disposes the tensors of `before` that `after` does not hold. */
function disposeReplaced(before: Weights, after: Weights): void {
  const kept = new Set([...after.values()].map(({ id }) => id));
  for (const tensor of before.values()) if (!kept.has(tensor.id)) tensor.dispose();
}

/**
 * One step of gradient descent with the polynomial schedule.
 *
 * The given state is used up: tensors that the step replaces are disposed.
 * @throws {ValueRangeError} when the loss is not a number; the state is left as it was
 */
export async function trainingStep({
  state,
  rules,
  optimisation,
  totalSteps,
  objective,
}: StepOptions): Promise<StepResult> {
  const { momentum, polyPower } = optimisation;
  const learningRate = polynomialDecay({
    initial: optimisation.learningRate,
    power: polyPower,
    steps: totalSteps,
  })(state.step);
  const { loss, gradients, replacements } = lossAndGradients(state.weights, rules, objective);
  const value = (await loss.data())[0]!;
  loss.dispose();
  if (!Number.isFinite(value)) {
    disposeWeights(gradients);
    disposeWeights(replacements);
    throw new ValueRangeError(
      `training: expected a finite loss at step ${state.step}, got ${value}. Lower the learning rate.`,
    );
  }
  const updated = sgdStep(
    { weights: state.weights, gradients, memory: state.memory, rules, learningRate },
    { momentum, nesterov: false },
  );
  disposeWeights(gradients);
  const weights = new Map([...updated.weights, ...replacements]);
  disposeReplaced(state.weights, weights);
  disposeReplaced(state.memory, updated.memory);
  return {
    state: { weights, memory: updated.memory, step: state.step + 1 },
    loss: value,
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
