import { describe, expect, it } from "vitest";
import { CRF_PRESETS } from "./presets.ts";
import { createTypedArrayCrf } from "./typed-array-crf.ts";
import { unaryFromProbabilities } from "./unary.ts";
import { createWasmCrf, wasmSupported } from "./wasm-crf.ts";

const height = 33;
const width = 41;
const pixels = height * width;
const image = {
  height,
  width,
  data: Uint8Array.from({ length: pixels * 3 }, (_, at) => (at * at * 7 + at * 31) % 256),
};
const unary = (labels: number, seed: number) =>
  unaryFromProbabilities(
    Float32Array.from({ length: labels * pixels }, (_, at) => ((at * 97 + seed) % 101) / 100),
    { labels },
  );
/** The exponential is another one, 2e-7 relative; ten iterations on noise spread that. */
const TOLERANCE = 1e-4;

describe("createWasmCrf", () => {
  it("is what this runtime uses", () => expect(wasmSupported()).toBe(true));

  for (const labels of [2, 3, 4, 5, 21]) {
    it(`agrees with the typed arrays on ${labels} labels`, () => {
      const settings = { ...CRF_PRESETS.psa.config, bilateralSrgb: 40 };
      const theirs = createTypedArrayCrf(image, settings).infer(unary(labels, 3));
      const crf = createWasmCrf(image, settings);
      const ours = crf.infer(unary(labels, 3));
      crf.dispose();
      ours.forEach((value, at) => expect(Math.abs(value - theirs[at]!)).toBeLessThan(TOLERANCE));
    });
  }

  it("has the very same lattice: one message of one iteration agrees to float32", () => {
    for (const off of ["gaussianWeight", "bilateralWeight"] as const) {
      const settings = { ...CRF_PRESETS.psa.config, iterations: 1, [off]: 0 };
      const theirs = createTypedArrayCrf(image, settings).infer(unary(2, 1));
      const ours = createWasmCrf(image, settings).infer(unary(2, 1));
      ours.forEach((value, at) => expect(Math.abs(value - theirs[at]!)).toBeLessThan(2e-6));
    }
  });

  it("keeps several images apart and gives equal bytes on warm memory", () => {
    const { config } = CRF_PRESETS.psa;
    const dark = { ...image, data: image.data.map((value) => value >> 1) };
    const one = createWasmCrf(image, config);
    const other = createWasmCrf(dark, config);
    const first = one.infer(unary(3, 5));
    const second = other.infer(unary(3, 5));
    expect(one.infer(unary(3, 5))).toEqual(first);
    one.dispose();
    other.dispose();
    const again = createWasmCrf(dark, config);
    expect(again.infer(unary(3, 5))).toEqual(second);
    again.dispose();
  });

  it("refuses to work after it was disposed, however often", () => {
    const crf = createWasmCrf(image, CRF_PRESETS.psa.config);
    crf.dispose();
    crf.dispose();
    expect(() => crf.infer(unary(2, 1))).toThrow(/disposed/);
  });
});
