import { beforeAll, describe, expect, it } from "vitest";
import { tensorsLeft } from "../../test/tensors.ts";
import { createBackbone } from "../backbones/create-backbone.ts";
import { OPTIMISATION_DEFAULTS } from "../contract/config-fields.ts";
import { activateBackend } from "../tensor/backend.ts";
import { createRandom } from "../tensor/random.ts";
import { resizeLabels } from "../tensor/resize.ts";
import { decodeSafetensors, encodeSafetensors } from "../tensor/safetensors.ts";
import { tf } from "../tensor/tf.ts";
import {
  disposeTrainingState,
  startTraining,
  type TrainingState,
  trainingStep,
} from "../tensor/training.ts";
import {
  cloneWeights,
  disposeWeights,
  type Parameter,
  stateDictOf,
  weightOf,
  weightsFromStateDict,
} from "../tensor/weights.ts";
import { multiScaleLogits } from "./deeplab-v2.ts";
import { segmentationLoss } from "./segmentation-loss.ts";
import { createSegmenter, initialSegmenterWeights, segment, type Segmenter } from "./segmenter.ts";
import { trainSegmenterStep } from "./train-step.ts";

const SIDE = 24;
const optimisation = {
  ...OPTIMISATION_DEFAULTS,
  epochs: 1,
  learningRate: 0.02,
  headLearningRateFactor: 1,
  momentum: 0.9,
  weightDecay: 0,
  polyPower: 0,
};

const segmenterWith = (options: Partial<Parameters<typeof createSegmenter>[0]>): Segmenter =>
  createSegmenter({
    backbone: createBackbone({ name: "tiny", outputStride: 8 }),
    head: "v3-plus",
    headChannels: 8,
    labels: 3,
    ...options,
  });

/** Left half red and label 1, right half blue and label 2; a column between them ignored. */
function halves(): { images: tf.Tensor4D; labelMaps: tf.Tensor3D } {
  const pixels = new Float32Array(2 * SIDE * SIDE * 3);
  const labels = new Int32Array(2 * SIDE * SIDE);
  for (let at = 0; at < labels.length; at += 1) {
    const x = at % SIDE;
    const left = x < SIDE / 2;
    pixels.set(left ? [220, 40, 40] : [40, 40, 220], at * 3);
    if (x === SIDE / 2) labels[at] = 255;
    else labels[at] = left ? 1 : 2;
  }
  return {
    images: tf.tensor4d(pixels, [2, SIDE, SIDE, 3]),
    labelMaps: tf.tensor3d(labels, [2, SIDE, SIDE], "int32"),
  };
}

async function train(segmenter: Segmenter, from: TrainingState, steps: number) {
  const batch = halves();
  const losses: number[] = [];
  let state = from;
  for (let step = 0; step < steps; step += 1) {
    const task = { segmenter, state, ...batch, optimisation, totalSteps: steps };
    const done = await trainSegmenterStep(task);
    ({ state } = done);
    losses.push(done.loss);
  }
  tf.dispose(Object.values(batch));
  return { state, losses };
}

const isMean = ({ role }: Parameter): boolean => role === "norm-mean";

beforeAll(() => activateBackend());

describe.each([
  ["v3-plus", segmenterWith({})],
  ["aspp-sum on fused scales", segmenterWith({ head: "aspp-sum", fusedScales: [0.5, 0.75] })],
])("createSegmenter with %s", (_, segmenter) => {
  it("lowers its loss, scores alike once saved and read, and leaves no tensor", async () => {
    const left = await tensorsLeft(async () => {
      const start = startTraining(initialSegmenterWeights(segmenter, createRandom(1)));
      const { state, losses } = await train(segmenter, start, 5);
      expect(losses.at(-1)!).toBeLessThan(losses[0]! * 0.9);
      for (const { name } of segmenter.head.parameters.filter(isMean)) {
        const mean = await weightOf(state.weights, name).data();
        expect([name, mean.some((value) => value !== 0)]).toEqual([name, true]);
      }
      const { parameters } = segmenter;
      const bytes = encodeSafetensors(await stateDictOf(parameters, state.weights));
      const read = weightsFromStateDict(parameters, decodeSafetensors(bytes).tensors, "test");
      const { images, labelMaps } = halves();
      const [before, after] = [state.weights, read].map((each) => segment(segmenter, each, images));
      expect(await after!.data()).toEqual(await before!.data());
      tf.dispose([images, labelMaps, before!, after!]);
      disposeTrainingState(state);
      disposeWeights(read);
    });
    expect(left).toBe(0);
  });
});

describe("v3Plus", () => {
  it.each([8, 16] as const)("scores at stride 4, output stride %i", (outputStride) => {
    const backbone = createBackbone({ name: "tiny", outputStride });
    const segmenter = segmenterWith({ backbone });
    const weights = initialSegmenterWeights(segmenter, createRandom(1));
    const images: tf.Tensor4D = tf.zeros([2, 33, 41, 3]);
    const logits = segment(segmenter, weights, images);
    expect(logits.shape).toEqual([2, 9, 11, 3]);
    tf.dispose([images, logits]);
    disposeWeights(weights);
  });
});

describe("fused scales", () => {
  const segmenter = segmenterWith({ head: "aspp-sum", fusedScales: [0.5, 0.75] });
  const frozen = (weights: ReadonlyMap<string, tf.Tensor>, images: tf.Tensor4D) =>
    multiScaleLogits(images, [0.5, 0.75], (view) =>
      segment(segmenterWith({ head: "aspp-sum" }), weights, view),
    );

  it("are never below the full view, and predict as they train", async () => {
    const weights = initialSegmenterWeights(segmenter, createRandom(2));
    const { images, labelMaps } = halves();
    const [fused, full] = [
      segment(segmenter, weights, images),
      segment(segmenterWith({ head: "aspp-sum" }), weights, images),
    ];
    expect((await tf.sub(fused, full).data()).every((gain) => gain >= 0)).toBe(true);
    const { fused: expected } = frozen(weights, images);
    expect(await fused.data()).toEqual(await expected.data());
    tf.dispose([images, labelMaps, fused, full, expected]);
    disposeWeights(weights);
  });

  it("have one loss each and one for their maximum, labels shrunk to each grid", async () => {
    const fusing = segmenterWith({ head: "aspp-sum", fusedScales: [0.5] });
    const weights = initialSegmenterWeights(fusing, createRandom(3));
    const batch = halves();
    const task = { segmenter: fusing, optimisation, totalSteps: 1, ...batch };
    const state = startTraining(cloneWeights(fusing.parameters, weights));
    const { loss, state: after } = await trainSegmenterStep({ ...task, state });
    // The same sum by hand; the tiny network's norms see each view's own statistics, as in training.
    const { head, backbone } = fusing;
    const byHand = await trainingStep({
      state: startTraining(cloneWeights(fusing.parameters, weights)),
      rules: [{ name: "aspp.c0.bias", learningRateFactor: 0, weightDecay: 0 }],
      optimisation,
      totalSteps: 1,
      batch: {},
      objective(current) {
        const pass = () => ({ dropout: null, statistics: new Map<string, tf.Tensor>() });
        const { perScale, fused } = multiScaleLogits(batch.images, [0.5], (view) => {
          const features = backbone.dense.twoDepths(current, view, pass());
          return head.train(current, features).logits;
        });
        const losses = [...perScale, fused].map((logits) => {
          const [, height, width] = logits.shape;
          return segmentationLoss(logits, resizeLabels(batch.labelMaps, { height, width }));
        });
        return { loss: tf.addN(losses) };
      },
    });
    expect(loss).toBeCloseTo(byHand.loss, 5);
    tf.dispose(Object.values(batch));
    disposeTrainingState(after);
    disposeTrainingState(byHand.state);
    disposeWeights(weights);
  });
});
