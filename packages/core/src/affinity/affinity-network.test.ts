import { beforeAll, describe, expect, it } from "vitest";
import { tiny } from "../backbones/tiny.ts";
import { activateBackend } from "../tensor/backend.ts";
import { createRandom } from "../tensor/random.ts";
import { tf } from "../tensor/tf.ts";
import { weightOf } from "../tensor/weights.ts";
import {
  affinityForward,
  createAffinityNetwork,
  initialAffinityWeights,
} from "./affinity-network.ts";
import { pairAffinities } from "./pair-affinities.ts";

beforeAll(async () => {
  await activateBackend();
});

const backbone = tiny({ outputStride: 8 });
const images = tf.randomUniform<tf.Rank.R4>([1, 32, 48, 3], 0, 255, "float32", 1);
const networkOf = (finestTap: "conv4" | "conv3") => {
  const network = createAffinityNetwork(backbone, { finestTap });
  return { network, weights: initialAffinityWeights(network, createRandom(2)) };
};

describe("createAffinityNetwork", () => {
  it.each([
    ["conv4", 8, [1, 4, 6, 448]],
    ["conv3", 4, [1, 8, 12, 448]],
  ] as const)("compares features on the grid of %s, stride %i", (finestTap, stride, shape) => {
    const { network, weights } = networkOf(finestTap);
    expect(network.stride).toBe(stride);
    expect(affinityForward(network, weights, images).shape).toEqual(shape);
    const channels = backbone.taps[finestTap].channels;
    expect(weightOf(weights, "f8_3.weight").shape.toSorted()).toEqual(
      [1, 1, channels, 64].toSorted(),
    );
  });

  it("tells the rim of a small square from its surroundings on the fine grid", async () => {
    // A white square of one fine cell on black: fine affinities across its rim are lower than inside black.
    const spot = tf.tidy(() => {
      const square = tf.fill([1, 4, 4, 3], 255) as tf.Tensor4D;
      return tf.pad4d(square, [
        [0, 0],
        [12, 16],
        [12, 32],
        [0, 0],
      ]);
    });
    const { network, weights } = networkOf("conv3");
    const features = affinityForward(network, weights, spot);
    const affinities = pairAffinities(features, { radiusInFeatures: 2, borders: "full" });
    const across = (await tf.slice(affinities, [0, 3, 3, 0], [1, 1, 1, 1]).data())[0]!;
    const apart = (await tf.slice(affinities, [0, 3, 10, 0], [1, 1, 1, 1]).data())[0]!;
    expect(across).toBeLessThan(apart);
  });

  it("has a gradient down to conv3 that agrees with finite differences", async () => {
    const { network, weights } = networkOf("conv3");
    const name = "f8_3.weight";
    const filter = weightOf(weights, name);
    const loss = (value: tf.Tensor): tf.Scalar =>
      tf.mean(affinityForward(network, new Map([...weights, [name, value]]), images));
    const analytic = await tf.grad(loss)(filter).data();
    const start = [...(await filter.data())];
    for (const at of [0, 7, 500]) {
      const moved = async (by: number) => {
        const values = start.map((value, index) => (index === at ? value + by : value));
        return (await loss(tf.tensor(values, filter.shape)).data())[0]!;
      };
      const numeric = ((await moved(0.1)) - (await moved(-0.1))) / 0.2;
      expect(numeric).toBeCloseTo(analytic[at]!, 3);
    }
  });
});
