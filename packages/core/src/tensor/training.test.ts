import { beforeAll, describe, expect, it } from "vitest";
import { tensorsLeft } from "../../test/tensors.ts";
import { OPTIMISATION_DEFAULTS } from "../contract/config-fields.ts";
import { activateBackend } from "./backend.ts";
import { learningRateAt } from "./optimizer.ts";
import { createRandom } from "./random.ts";
import { decodeSafetensors, encodeSafetensors } from "./safetensors.ts";
import { tf } from "./tf.ts";
import {
  decodeTrainingState,
  disposeTrainingState,
  encodeTrainingState,
  type Optimisation,
  startTraining,
  type TrainingState,
  trainingStep,
} from "./training.ts";
import { type Parameter, weightOf } from "./weights.ts";

const PARAMETERS: readonly Parameter[] = [
  { name: "w", kind: "vector", role: "weight", shape: [3] },
  { name: "b", kind: "vector", role: "bias", shape: [1] },
];
const RULES = [
  { name: "w", learningRateFactor: 1, weightDecay: 0.05 },
  { name: "b", learningRateFactor: 2, weightDecay: 0 },
];
const START = { w: [0.5, -0.25, 1], b: [0.1] };
const sgd: Optimisation = {
  ...OPTIMISATION_DEFAULTS,
  epochs: 4,
  learningRate: 0.05,
  headLearningRateFactor: 1,
  momentum: 0.9,
  weightDecay: 0,
  polyPower: 0.9,
};
const adamW: Optimisation = { ...sgd, optimiser: { kind: "adamw", beta2: 0.99, epsilon: 1e-6 } };
const TOTAL = 8;
const IMAGES = 5;

const random = createRandom(4);
const normals = (count: number): Float32Array =>
  Float32Array.from({ length: count }, () => random.normal());
const BATCHES = Array.from({ length: TOTAL }, () => ({
  x: normals(IMAGES * 3),
  y: normals(IMAGES),
}));

const startState = (): TrainingState =>
  startTraining(
    new Map([
      ["w", tf.tensor1d(START.w)],
      ["b", tf.tensor1d(START.b)],
    ]),
  );

/** Mean square error of a linear model; its gradient in closed form is below. */
async function step(state: TrainingState, optimisation: Optimisation) {
  const { x, y } = BATCHES[state.step]!;
  const batch = { x: tf.tensor2d(x, [IMAGES, 3]), y: tf.tensor1d(y) };
  try {
    return await trainingStep({
      state,
      rules: RULES,
      optimisation,
      totalSteps: TOTAL,
      batch,
      objective(weights, part) {
        const w: tf.Tensor2D = tf.reshape(weightOf(weights, "w"), [3, 1]);
        const scores = tf.add(tf.squeeze(tf.matMul(part.x, w), [1]), weightOf(weights, "b"));
        return { loss: tf.mean(tf.square(tf.sub(scores, part.y))) };
      },
    });
  } finally {
    tf.dispose(Object.values(batch));
  }
}

async function trained(optimisation: Optimisation, steps = TOTAL, from = startState()) {
  let state = from;
  for (let at = 0; at < steps; at += 1) ({ state } = await step(state, optimisation));
  return state;
}

async function valuesOf(state: TrainingState): Promise<number[]> {
  return [
    ...(await weightOf(state.weights, "w").data()),
    ...(await weightOf(state.weights, "b").data()),
  ];
}

/** The same training in double precision, written out by hand. */
function byHand(
  update: (at: { g: number; w: number; i: number; t: number; rate: number }) => number,
) {
  const theta = [...START.w, ...START.b];
  for (const [t, { x, y }] of BATCHES.entries()) {
    const gradient = [0, 0, 0, 0];
    for (let n = 0; n < IMAGES; n += 1) {
      const inputs = [x[n * 3]!, x[n * 3 + 1]!, x[n * 3 + 2]!, 1];
      const error = inputs.reduce((sum, input, i) => sum + input * theta[i]!, 0) - y[n]!;
      inputs.forEach((input, i) => (gradient[i]! += (2 * error * input) / IMAGES));
    }
    const rate = 0.05 * (1 - t / TOTAL) ** 0.9;
    gradient.forEach((g, i) => {
      theta[i] = update({ g, w: theta[i]!, i, t: t + 1, rate: i === 3 ? 2 * rate : rate });
    });
  }
  return theta;
}

beforeAll(() => activateBackend());

describe("trainingStep", () => {
  it("is AdamW of the paper, in double precision by hand", async () => {
    const m = [0, 0, 0, 0];
    const v = [0, 0, 0, 0];
    const expected = byHand(({ g, w, i, t, rate }) => {
      m[i] = 0.9 * m[i]! + 0.1 * g;
      v[i] = 0.99 * v[i]! + 0.01 * g * g;
      const decayed = w * (1 - rate * (i === 3 ? 0 : 0.05));
      return (
        decayed - (rate * (m[i]! / (1 - 0.9 ** t))) / (Math.sqrt(v[i]! / (1 - 0.99 ** t)) + 1e-6)
      );
    });
    const state = await trained(adamW);
    for (const [i, value] of (await valuesOf(state)).entries()) {
      expect(value).toBeCloseTo(expected[i]!, 5);
    }
    disposeTrainingState(state);
  });

  it("is Nesterov's momentum in PyTorch's form, in double precision by hand", async () => {
    const velocity = [0, 0, 0, 0];
    const expected = byHand(({ g, w, i, t, rate }) => {
      const slope = g + (i === 3 ? 0 : 0.05) * w;
      velocity[i] = t === 1 ? slope : 0.9 * velocity[i]! + slope;
      return w - rate * (slope + 0.9 * velocity[i]!);
    });
    const state = await trained({ ...sgd, optimiser: { kind: "sgd", nesterov: true } });
    for (const [i, value] of (await valuesOf(state)).entries()) {
      expect(value).toBeCloseTo(expected[i]!, 5);
    }
    disposeTrainingState(state);
  });

  it.each([
    ["SGD", sgd],
    ["AdamW", adamW],
  ])("goes on to the same bit from a checkpoint, with %s", async (_, optimisation) => {
    const whole = await trained(optimisation);
    const half = await trained(optimisation, 3);
    const bytes = encodeSafetensors(await encodeTrainingState(PARAMETERS, half));
    disposeTrainingState(half);
    const restored = decodeTrainingState(PARAMETERS, decodeSafetensors(bytes).tensors);
    const resumed = await trained(optimisation, TOTAL - 3, restored);
    expect(encodeSafetensors(await encodeTrainingState(PARAMETERS, resumed))).toEqual(
      encodeSafetensors(await encodeTrainingState(PARAMETERS, whole)),
    );
    disposeTrainingState(whole);
    disposeTrainingState(resumed);
  });

  it.each([2, 3, 5, 64])("steps alike in one part and in %i", async (accumulationSteps) => {
    const [whole, gathered] = [await trained(sgd), await trained({ ...sgd, accumulationSteps })];
    const expected = await valuesOf(whole);
    for (const [i, value] of (await valuesOf(gathered)).entries()) {
      expect(value).toBeCloseTo(expected[i]!, 5);
    }
    disposeTrainingState(whole);
    disposeTrainingState(gathered);
  });

  it.each([
    ["SGD", sgd],
    ["AdamW in two parts", { ...adamW, accumulationSteps: 2 }],
  ])("leaves no tensor but its state, with %s", async (_, optimisation) => {
    const left = await tensorsLeft(async () => disposeTrainingState(await trained(optimisation)));
    expect(left).toBe(0);
  });
});

describe("learningRateAt", () => {
  const schedule = { initial: 1, power: 0, every: 1, epochs: 15, steps: 30, drop: null };

  it("is constant at power 0", () => {
    expect([0, 7, 29].map((at) => learningRateAt(schedule, at))).toEqual([1, 1, 1]);
  });
  it("drops to a tenth when epoch 10 is done", () => {
    const dropped = { ...schedule, drop: { epochs: [10], factor: 0.1 } };
    expect([0, 19, 20, 29].map((at) => learningRateAt(dropped, at))).toEqual([1, 1, 0.1, 0.1]);
  });
  it("moves only every so many steps", () => {
    const slow = { ...schedule, power: 1, every: 10 };
    expect([0, 9, 10, 25].map((at) => learningRateAt(slow, at))).toEqual([
      1,
      1,
      1 - 10 / 30,
      1 - 20 / 30,
    ]);
  });
});
