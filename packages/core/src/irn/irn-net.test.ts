import { beforeAll, describe, expect, it } from "vitest";
import { activateBackend } from "../tensor/backend.ts";
import { createRandom } from "../tensor/random.ts";
import { tf } from "../tensor/tf.ts";
import { initialWeights } from "../tensor/weights.ts";
import { boundaryLogits, displacementField, type IrnTaps, irnParameters } from "./irn-net.ts";

beforeAll(async () => {
  await activateBackend();
});

/** Stem and stages of irn's ResNet-50. */
const SHAPES = [
  { channels: 64, stride: 4 },
  { channels: 256, stride: 4 },
  { channels: 512, stride: 8 },
  { channels: 1024, stride: 16 },
  { channels: 2048, stride: 16 },
];

/** Features of a 60 × 44 image: grids 15 × 11, 8 × 6 and 4 × 3 round up at every stride. */
const taps = (): IrnTaps => {
  const noise = (height: number, width: number, channels: number, seed: number) =>
    tf.randomNormal<tf.Rank.R4>([2, height, width, channels], 0, 1, "float32", seed);
  return {
    stem: noise(15, 11, 64, 1),
    stages: [
      noise(15, 11, 256, 2),
      noise(8, 6, 512, 3),
      noise(4, 3, 1024, 4),
      noise(4, 3, 2048, 5),
    ],
  };
};

describe("IRNet", () => {
  it("gives boundaries and displacements on the finest grid, whatever rounding left over", () => {
    const weights = initialWeights(irnParameters(SHAPES), createRandom(1));
    expect(boundaryLogits(taps(), weights, SHAPES).shape).toEqual([2, 15, 11, 1]);
    expect(displacementField(taps(), weights, { shapes: SHAPES, centred: true }).shape).toEqual([
      2, 15, 11, 2,
    ]);
  });

  it("subtracts the mean displacement only at inference", async () => {
    const weights = new Map(initialWeights(irnParameters(SHAPES), createRandom(1)));
    weights.set("mean_shift.running_mean", tf.tensor1d([3, -2]));
    const features = taps();
    const trained = displacementField(features, weights, { shapes: SHAPES, centred: false });
    const centred = displacementField(features, weights, { shapes: SHAPES, centred: true });
    const [dy, dx] = await tf.mean(tf.sub(trained, centred), [0, 1, 2]).data();
    expect(dy).toBeCloseTo(3, 4);
    expect(dx).toBeCloseTo(-2, 4);
  });

  it("names every array once", () => {
    const names = irnParameters(SHAPES).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
