import { describe, expect, it } from "vitest";
import { pamr } from "./pamr.ts";

const height = 7;
const width = 10;
const pixels = height * width;
const image = {
  height,
  width,
  data: Uint8Array.from({ length: 3 * pixels }, (_, at) => (at * at + 17 * at) % 256),
};
const maps = (data: Float32Array) => ({ height, width, classes: Int32Array.of(2), data });
const first = Float32Array.from({ length: pixels }, (_, p) => ((p * 31) % 97) / 97);
const simplex = maps(Float32Array.from([...first, ...first.map((value) => 1 - value)]));
const options = { iterations: 3, dilations: [1, 2] };

describe("pamr", () => {
  it("copies where it makes no round", () => {
    const result = pamr(image, simplex, { ...options, iterations: 0 });
    expect(result.data).toEqual(simplex.data);
    expect(result.data).not.toBe(simplex.data);
  });

  it("handles one pixel", () => {
    const one = { height: 1, width: 1, data: Uint8Array.of(9, 9, 9) };
    const scores = { height: 1, width: 1, classes: new Int32Array(0), data: Float32Array.of(0.4) };
    expect(pamr(one, scores, options).data[0]).toBeCloseTo(0.4, 6);
  });

  it("keeps constants, the sum over labels, and the range", () => {
    const { data } = pamr(image, simplex, options);
    for (let p = 0; p < pixels; p += 1) expect(data[p]! + data[pixels + p]!).toBeCloseTo(1, 5);
    expect(Math.max(...data)).toBeLessThanOrEqual(Math.max(...simplex.data));
    const flat = pamr(image, maps(new Float32Array(2 * pixels).fill(0.3)), options).data;
    flat.forEach((value) => expect(value).toBeCloseTo(0.3, 6));
  });

  it("averages all neighbours alike on an image of one colour, without the centre", () => {
    const grey = { ...image, data: new Uint8Array(3 * pixels).fill(80) };
    const dot = new Float32Array(2 * pixels);
    const centre = 3 * width + 4;
    dot[centre] = 1;
    const { data } = pamr(grey, maps(dot), { iterations: 1, dilations: [1] });
    expect(data[centre]).toBe(0);
    for (const step of [-width - 1, -1, 1, width])
      expect(data[centre + step]).toBeCloseTo(1 / 8, 6);
  });

  it("commutes with a mirror", () => {
    const mirror = (p: number) => p - (p % width) + width - 1 - (p % width);
    const mirrored = {
      ...image,
      data: image.data.map((_, at) => image.data[3 * mirror(Math.floor(at / 3)) + (at % 3)]!),
    };
    const flipped = maps(
      simplex.data.map((_, at) => simplex.data[at - (at % pixels) + mirror(at % pixels)]!),
    );
    const plain = pamr(image, simplex, options).data;
    pamr(mirrored, flipped, options).data.forEach((value, at) =>
      expect(value).toBeCloseTo(plain[at - (at % pixels) + mirror(at % pixels)]!, 5),
    );
  });

  it("refuses scores of another size", () => {
    const small = { height: 1, width: 1, classes: new Int32Array(0), data: Float32Array.of(1) };
    expect(() => pamr(image, small, options)).toThrow(/7×10, got 1×1/);
  });
});
