import { beforeAll, describe, expect, it } from "vitest";
import { tensorsLeft } from "../../test/tensors.ts";
import { activateBackend } from "../tensor/backend.ts";
import { createRandom } from "../tensor/random.ts";
import { tf } from "../tensor/tf.ts";
import {
  disposeWeights,
  initialWeights,
  stateDictOf,
  weightsFromStateDict,
} from "../tensor/weights.ts";
import { TAP_NAMES } from "./backbone.ts";
import { createBackbone } from "./create-backbone.ts";

beforeAll(() => activateBackend());

/** The two that compute in milliseconds; the large ones have golden files. */
const SMALL = ["tiny", "mobilenet-v2"] as const;

describe.each(SMALL)("backbone %s", (name) => {
  it.each([8, 16] as const)(
    "has the promised grid at output stride %i, odd sizes included",
    async (outputStride) => {
      const left = await tensorsLeft(() => {
        const backbone = createBackbone({ name, outputStride });
        const weights = initialWeights(backbone.parameters, createRandom(1));
        const images: tf.Tensor4D = tf.zeros([1, 65, 33, 3]);
        const features = backbone.features(weights, images);
        const grid = [65, 33].map((side) => Math.ceil(side / outputStride));
        expect(features.shape).toEqual([1, ...grid, backbone.channels]);
        const { coarse: dense, fine } = backbone.dense.twoDepths(weights, images);
        expect(dense.shape).toEqual([1, ...grid, backbone.dense.channels]);
        expect(fine.shape).toEqual([1, 17, 9, backbone.dense.fine.channels]);
        const taps = backbone.tapped(weights, images);
        for (const tap of TAP_NAMES) {
          const { channels, stride } = backbone.taps[tap];
          expect(taps[tap].shape).toEqual([
            1,
            Math.ceil(65 / stride),
            Math.ceil(33 / stride),
            channels,
          ]);
        }
        tf.dispose([images, features, dense, fine, Object.values(taps)]);
        disposeWeights(weights);
      });
      expect(left).toBe(0);
    },
  );

  it("comes back from a state dict as it was", async () => {
    const { parameters } = createBackbone({ name, outputStride: 16 });
    const weights = initialWeights(parameters, createRandom(1));
    const arrays = await stateDictOf(parameters, weights);
    const again = weightsFromStateDict(parameters, arrays, "test");
    expect(await stateDictOf(parameters, again)).toEqual(arrays);
    disposeWeights(weights);
    disposeWeights(again);
  });

  it("names what a file lacks", () => {
    const { parameters } = createBackbone({ name, outputStride: 16 });
    expect(() => weightsFromStateDict(parameters, new Map(), "empty.safetensors")).toThrow(
      /empty\.safetensors: expected \d+ arrays, got \d+ missing/,
    );
  });
});
