import { describe, expect, it } from "vitest";
import type { DenseCrfConfig, RgbImage } from "../contract/index.ts";
import { createDenseCrf } from "./dense-crf.ts";
import { exactFilter } from "./exact-filter.ts";
import { appearanceFeatures, smoothnessFeatures } from "./features.ts";
import { CRF_PRESETS } from "./presets.ts";
import { refineScores } from "./refine.ts";
import { type Unary, unaryFromLabels, unaryFromProbabilities } from "./unary.ts";

const config: DenseCrfConfig = CRF_PRESETS.psa.config;
const unweighted = { ...config, gaussianWeight: 0, bilateralWeight: 0 };
const height = 24;
const width = 31;
const pixels = height * width;

/** Deterministic numbers in 0…1 (Lehmer generator). */
function sequence(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

/** Left part dark, right part bright, a little noise. */
function twoRegions(contrast = 150): RgbImage {
  const next = sequence(7);
  const data = new Uint8Array(pixels * 3);
  for (let at = 0; at < data.length; at += 1) {
    const x = Math.floor(at / 3) % width;
    data[at] = 40 + (x >= 15 ? contrast : 0) + Math.floor(next() * 6);
  }
  return { height, width, data };
}

/** The left half is label 0, the right label 1, a fifth of the pixels say the opposite. */
function noisyScores(labels = 2): Float32Array {
  const next = sequence(11);
  const data = new Float32Array(labels * pixels);
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    const truth = Number(pixel % width >= 15) ^ Number(next() < 0.2);
    for (let label = 0; label < labels; label += 1) {
      data[label * pixels + pixel] = label === truth ? 0.6 : 0.1 + 0.2 * next();
    }
  }
  return data;
}

const infer = (image: RgbImage, unary: Unary, settings = config) =>
  createDenseCrf(image, settings).infer(unary);
const best = (q: Float32Array) =>
  Array.from({ length: pixels }, (_, pixel) => Number(q[pixels + pixel]! > q[pixel]!));

const wrong = (labels: readonly number[]): number =>
  labels.filter((label, pixel) => label !== Number(pixel % width >= 15)).length;

/** Mean field with every pair of pixels, in place of the lattice. */
function exactInference(image: RgbImage, { labels, data }: Unary, settings: DenseCrfConfig) {
  const interleaved = (maps: Float32Array) =>
    Float32Array.from(maps, (_, at) => maps[(at % labels) * pixels + Math.floor(at / labels)]!);
  const kernels = [
    { features: smoothnessFeatures(image, settings), d: 2, weight: settings.gaussianWeight },
    { features: appearanceFeatures(image, settings), d: 5, weight: settings.bilateralWeight },
  ].map(({ features, d, weight }) => {
    const sums = exactFilter(features, d, new Float32Array(pixels).fill(1), 1);
    return { features, d, weight, norm: sums.map((sum) => 1 / Math.sqrt(sum)) };
  });
  const negative = interleaved(data).map((value) => -value);
  const softmax = (energy: Float32Array) => {
    for (let row = 0; row < energy.length; row += labels) {
      const values = energy.subarray(row, row + labels);
      const highest = Math.max(...values);
      const sum = values.reduce((total, value) => total + Math.exp(value - highest), 0);
      values.forEach((value, at) => (values[at] = Math.exp(value - highest) / sum));
    }
    return energy;
  };
  let q = softmax(negative.slice());
  for (let iteration = 0; iteration < settings.iterations; iteration += 1) {
    const energy = negative.slice();
    for (const { features, d, weight, norm } of kernels) {
      const scaled = q.map((value, at) => value * norm[Math.floor(at / labels)]!);
      exactFilter(features, d, scaled, labels).forEach((value, at) => {
        energy[at]! += weight * norm[Math.floor(at / labels)]! * value;
      });
    }
    q = softmax(energy);
  }
  return Float32Array.from(q, (_, at) => q[(at % pixels) * labels + Math.floor(at / pixels)]!);
}

describe("createDenseCrf", () => {
  const image = twoRegions();
  const scores = noisyScores();
  const unary = unaryFromProbabilities(scores, { labels: 2 });
  const q = infer(image, unary);

  it("handles an image of one pixel", () => {
    const one = { height: 1, width: 1, data: Uint8Array.of(1, 2, 3) };
    const result = infer(one, unaryFromProbabilities(Float32Array.of(0.9, 0.1), { labels: 2 }));
    expect(result[0]! + result[1]!).toBeCloseTo(1, 6);
    expect(result[0]).toBeGreaterThan(0.9);
  });

  it("gives the clipped scores over their sum where weights are zero or no step is made", () => {
    for (const settings of [unweighted, { ...config, iterations: 0 }]) {
      const plain = infer(image, unary, settings);
      for (let pixel = 0; pixel < pixels; pixel += 1) {
        const sum = scores[pixel]! + scores[pixels + pixel]!;
        expect(plain[pixel]).toBeCloseTo(scores[pixel]! / sum, 6);
      }
    }
  });

  it("sums to one and is never negative", () => {
    for (let pixel = 0; pixel < pixels; pixel += 1) {
      expect(q[pixel]! + q[pixels + pixel]!).toBeCloseTo(1, 6);
    }
    expect(q.every((value) => value >= 0)).toBe(true);
  });

  it("permutes with the labels", () => {
    const swapped = Float32Array.from([...scores.subarray(pixels), ...scores.subarray(0, pixels)]);
    const other = infer(image, unaryFromProbabilities(swapped, { labels: 2 }));
    q.forEach((value, at) => expect(other[(at + pixels) % q.length]).toBeCloseTo(value, 6));
  });

  it("does not see a factor per pixel", () => {
    const scaled = scores.map((value, at) => value * (0.5 + (at % pixels) / (2 * pixels)));
    const other = infer(image, unaryFromProbabilities(scaled, { labels: 2 }));
    q.forEach((value, at) => expect(other[at]).toBeCloseTo(value, 4));
  });

  it("keeps a constant image with a constant unary constant", () => {
    const grey = { height, width, data: new Uint8Array(pixels * 3).fill(99) };
    const flat = new Float32Array(2 * pixels).fill(0.7);
    flat.fill(0.3, pixels);
    const result = infer(grey, unaryFromProbabilities(flat, { labels: 2 }));
    expect(best(result).every((label) => label === 0)).toBe(true);
  });

  it("removes noise and keeps the boundary on the colour edge", () => {
    const noise = wrong(best(infer(image, unary, unweighted)));
    expect(noise).toBeGreaterThan(100);
    expect(wrong(best(q))).toBe(0);
  });

  it("does not see colours where the colour width is endless", () => {
    const blind = { ...config, bilateralSrgb: 1e6 };
    const grey = { height, width, data: new Uint8Array(pixels * 3) };
    const colour = infer(image, unary, blind);
    infer(grey, unary, blind).forEach((value, at) => expect(colour[at]).toBeCloseTo(value, 4));
  });

  it("agrees with the definition, every pair of pixels, on nearly every label", () => {
    const exact = exactInference(image, unary, config);
    const agreeing = best(exact).filter((label, pixel) => label === best(q)[pixel]).length;
    expect(agreeing / pixels).toBeGreaterThanOrEqual(0.99);
    const mean = exact.reduce((sum, value, at) => sum + Math.abs(value - q[at]!), 0) / q.length;
    expect(mean).toBeLessThan(1e-3);
  });

  it("gives several label sets the same as one by one, from one pair of lattices", () => {
    const three = unaryFromProbabilities(noisyScores(3), { labels: 3 });
    const crf = createDenseCrf(image, config);
    const [first, second] = crf.inferAll([unary, three]);
    first!.forEach((value, at) => expect(value).toBeCloseTo(q[at]!, 6));
    crf.infer(three).forEach((value, at) => expect(second![at]).toBeCloseTo(value, 6));
  });

  it("gives the same bytes when it runs again", () => {
    expect(infer(image, unary)).toEqual(q);
  });

  it("refuses a unary of another size and says both", () => {
    const small = unaryFromProbabilities(new Float32Array(4), { labels: 2 });
    expect(() => infer(image, small)).toThrow(/2 labels × 744 pixels, got 4/);
  });
});

describe("unaryFromProbabilities", () => {
  it("clips before the logarithm and refuses NaN", () => {
    const { data } = unaryFromProbabilities(Float32Array.of(0, 1, 2, 1), { labels: 2 });
    expect(data[0]).toBeCloseTo(-Math.log(1e-5), 5);
    expect([data[1], data[2]]).toEqual([-0, -0]);
    const unknown = Float32Array.of(Number.NaN, 1);
    expect(() => unaryFromProbabilities(unknown, { labels: 2 })).toThrow(/NaN/);
  });

  it("refuses a single label: there is nothing to choose between", () => {
    const scores = new Float32Array(pixels);
    expect(() => unaryFromProbabilities(scores, { labels: 1 })).toThrow(
      /crf: expected at least two labels, background and a class, got 1/u,
    );
  });
});

describe("unaryFromLabels", () => {
  it("spreads the doubt over the other labels and refuses to for one label", () => {
    const { data } = unaryFromLabels(Uint8Array.of(0, 2), { labels: 3, certainty: 0.7 });
    expect(data[0]).toBeCloseTo(-Math.log(0.7), 6);
    expect(data[1]).toBeCloseTo(-Math.log(0.15), 6);
    expect(() => unaryFromLabels(Uint8Array.of(0), { labels: 1, certainty: 0.7 })).toThrow(
      /at least two labels/u,
    );
  });

  it("refuses a position beyond the labels", () => {
    expect(() => unaryFromLabels(Uint8Array.of(3), { labels: 3, certainty: 0.7 })).toThrow(/got 3/);
  });
});

describe("refineScores", () => {
  it("makes an image without labels certain background", () => {
    const scores = {
      height,
      width,
      classes: new Int32Array(0),
      data: new Float32Array(pixels).fill(0.3),
    };
    const refined = refineScores(twoRegions(), scores, config);
    expect(refined.data).toEqual(new Float32Array(pixels).fill(1));
  });

  it("keeps classes and size", () => {
    const scores = { height, width, classes: Int32Array.of(4), data: noisyScores() };
    const refined = refineScores(twoRegions(), scores, config);
    expect(refined).toMatchObject({ height, width, classes: Int32Array.of(4) });
    expect(refined.data).toHaveLength(2 * pixels);
  });
});
