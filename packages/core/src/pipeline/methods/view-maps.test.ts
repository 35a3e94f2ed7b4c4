import { beforeAll, describe, expect, it } from "vitest";
import { tensorsLeft } from "../../../test/tensors.ts";
import type { RgbImage } from "../../contract/index.ts";
import { activateBackend } from "../../tensor/backend.ts";
import { conv2d } from "../../tensor/conv.ts";
import { tf } from "../../tensor/tf.ts";
import { viewMaps } from "./view-maps.ts";

const photo = (height: number, width: number): RgbImage => ({
  height,
  width,
  data: Uint8Array.from({ length: height * width * 3 }, (_, at) => (at * 37 + (at >> 3)) % 256),
});

function mirrorOf({ height, width, data }: RgbImage): RgbImage {
  const mirrored = new Uint8Array(data.length);
  for (let at = 0; at < height * width; at += 1) {
    const to = at - (at % width) + width - 1 - (at % width);
    mirrored.set(data.subarray(at * 3, at * 3 + 3), to * 3);
  }
  return { height, width, data: mirrored };
}

/** A lopsided network of stride 2: its maps of a mirrored view differ from those of the view. */
const classMapsOf = (images: tf.Tensor4D): tf.Tensor4D =>
  tf.tidy(() => {
    const filter = tf.tensor4d(
      Float32Array.from({ length: 36 }, (_, at) => (at % 7) - 3),
      [2, 2, 3, 3],
    );
    return conv2d(images, filter, { stride: 2, padding: "same" });
  });

beforeAll(() => activateBackend());

describe("viewMaps", () => {
  it("gives no plane where no class is asked for", async () => {
    const none = { classes: new Int32Array(0), flip: true };
    const maps = await viewMaps(photo(4, 6), none, classMapsOf);
    expect(maps.map(({ data }) => data.length)).toEqual([0, 0]);
  });

  it("looks once without flip, and gives the listed classes in their order", async () => {
    const both = await viewMaps(
      photo(1, 2),
      { classes: Int32Array.of(2, 0), flip: false },
      classMapsOf,
    );
    const one = await viewMaps(
      photo(1, 2),
      { classes: Int32Array.of(0), flip: false },
      classMapsOf,
    );
    expect(both).toHaveLength(1);
    expect(both[0]!.data.at(-1)).toBe(one[0]!.data[0]);
  });

  it("turns the maps of the mirrored view back", async () => {
    const view = photo(8, 6);
    const options = { classes: Int32Array.of(0, 1) };
    const [, back] = await viewMaps(view, { ...options, flip: true }, classMapsOf);
    const [plain] = await viewMaps(mirrorOf(view), { ...options, flip: false }, classMapsOf);
    const turned = plain!.data.map((_, at) => plain!.data[at - (at % 3) + 2 - (at % 3)]!);
    expect([back!.height, back!.width]).toEqual([4, 3]);
    expect(back!.data).toEqual(turned);
  });

  it("leaves no tensor behind", async () => {
    const left = await tensorsLeft(async () => {
      await viewMaps(photo(5, 5), { classes: Int32Array.of(1), flip: true }, classMapsOf);
    });
    expect(left).toBe(0);
  });
});
