import { describe, expect, it } from "vitest";
import { tinyImage } from "../../test/tiny-images.ts";
import { roundHalfEven, scaledSize, sizeOfLongSide } from "./geometry.ts";
import { resizeImage, resizeLabels } from "./resize-pillow.ts";

describe("resizeImage", () => {
  it("makes one pixel of one colour from a plain image, and back", () => {
    const plain = { height: 5, width: 7, data: new Uint8Array(5 * 7 * 3).fill(93) };
    const pixel = resizeImage(plain, { height: 1, width: 1 });
    expect([...pixel.data]).toEqual([93, 93, 93]);
    expect(resizeImage(pixel, plain)).toEqual(plain);
  });

  it("commutes with mirroring", () => {
    const mirror = ({ height, width, data }: ReturnType<typeof tinyImage>) => ({
      height,
      width,
      data: data.map((_, i) => {
        const [y, x, c] = [Math.floor(i / 3 / width), Math.floor(i / 3) % width, i % 3];
        return data[(y * width + width - 1 - x) * 3 + c]!;
      }),
    });
    const image = tinyImage(9, 12);
    const size = { height: 5, width: 17 };
    expect(resizeImage(mirror(image), size)).toEqual(mirror(resizeImage(image, size)));
  });
});

describe("resizeLabels", () => {
  it("mixes no labels", () => {
    const labels = { height: 2, width: 2, data: Uint8Array.of(0, 255, 7, 20) };
    const resized = resizeLabels(labels, { height: 4, width: 6 });
    expect([...resized.data.subarray(0, 6)]).toEqual([0, 0, 0, 255, 255, 255]);
    expect(new Set(resized.data)).toEqual(new Set(labels.data));
    expect(resizeLabels(resized, labels)).toEqual(labels);
  });
});

describe("roundHalfEven", () => {
  it("sends halves to the even neighbour", () => {
    expect([0.5, 1.5, 2.5, 2.4, 2.6].map(roundHalfEven)).toEqual([0, 2, 2, 2, 3]);
  });
});

describe("sizeOfLongSide", () => {
  it("keeps the shape and at least one pixel", () => {
    expect(sizeOfLongSide({ height: 375, width: 500 }, 320)).toEqual({ height: 240, width: 320 });
    expect(sizeOfLongSide({ height: 1, width: 500 }, 100)).toEqual({ height: 1, width: 100 });
    expect(scaledSize({ height: 375, width: 500 }, 0.5)).toEqual({ height: 188, width: 250 });
  });
});
