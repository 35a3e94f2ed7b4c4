import { beforeAll, describe, expect, it } from "vitest";
import { createBackbone } from "../backbones/create-backbone.ts";
import type { RgbImage } from "../contract/image.ts";
import { activateBackend } from "../tensor/backend.ts";
import { createRandom } from "../tensor/random.ts";
import { tf } from "../tensor/tf.ts";
import { disposeWeights } from "../tensor/weights.ts";
import { createSeamNetwork, initialSeamWeights } from "./seam-network.ts";
import { seamViews } from "./seam-views.ts";

beforeAll(async () => {
  await activateBackend();
});

const SIZE = 32;
const backbone = createBackbone({ name: "tiny", outputStride: 8 });
const network = createSeamNetwork({ backbone, classes: 3 });
const initial = () => initialSeamWeights(network, createRandom(4));

const noise: RgbImage = {
  height: SIZE,
  width: SIZE,
  data: Uint8Array.from(
    { length: SIZE * SIZE * 3 },
    (_, at) => (at * 7919 + (at >> 3) * 104729) % 256,
  ),
};

describe("seamViews", () => {
  it("gives three views of every listed class within 0…1, and unit features", async () => {
    const weights = initial();
    const classes = Int32Array.of(0, 2);
    const { maps, features, height, width } = await seamViews(network, weights, noise, {
      classes,
      branchScale: 0.5,
    });
    expect([height, width]).toEqual([4, 4]);
    expect(maps).toHaveLength(3 * 2 * 2 * 16);
    expect(Math.min(...maps)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...maps)).toBeLessThanOrEqual(1);
    const depth = features.length / 16;
    const norm = Math.hypot(...features.subarray(0, depth));
    expect(norm).toBeCloseTo(1, 4);
    disposeWeights(weights);
  });

  it("finds no difference to a transform that changes nothing", async () => {
    const weights = initial();
    // Every row reads the same from both ends, and scale 1 resizes nothing.
    const data = noise.data.map((value, at) => {
      const x = Math.floor(at / 3) % SIZE;
      const mirrored = at + 3 * (SIZE - 1 - 2 * x);
      return x < SIZE / 2 ? value : noise.data[mirrored]!;
    });
    const { maps } = await seamViews(
      network,
      weights,
      { ...noise, data },
      {
        classes: Int32Array.of(1),
        branchScale: 1,
      },
    );
    const view = (at: number) => maps.subarray(at * 32, (at + 1) * 32);
    view(1).forEach((value, at) => expect(value).toBeCloseTo(view(0)[at]!, 3));
    // The mirrored image is the image itself: its maps brought back are those of the image, turned.
    const turned = view(0).map((_, at) => view(0)[at - (at % 4) + 3 - (at % 4)]!);
    view(2).forEach((value, at) => expect(value).toBeCloseTo(turned[at]!, 3));
    disposeWeights(weights);
  });

  it("has no map of no class, and leaks no tensor", async () => {
    const weights = initial();
    const before = tf.memory().numTensors;
    const options = { classes: new Int32Array(0), branchScale: 0.3 };
    const { maps, features } = await seamViews(network, weights, noise, options);
    expect(maps).toHaveLength(0);
    expect(features.length).toBeGreaterThan(0);
    expect(tf.memory().numTensors).toBe(before);
    disposeWeights(weights);
  });
});
