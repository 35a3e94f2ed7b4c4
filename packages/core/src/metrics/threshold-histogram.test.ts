import { describe, expect, it } from "vitest";
import { confusionAtThreshold, type LabelMap, type ScoreMaps } from "../contract/index.ts";
import { countConfusion } from "./confusion.ts";
import { mergeThresholdHistograms, thresholdHistogram } from "./threshold-histogram.ts";

const labels = 4;
const height = 9;
const width = 11;

/** Deterministic numbers in 0…1 (Lehmer generator). */
function sequence(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

function randomCase(seed: number, bins: number): { truth: LabelMap; scores: ScoreMaps } {
  const next = sequence(seed);
  const truth = Uint8Array.from({ length: height * width }, () =>
    next() < 0.1 ? 255 : Math.floor(next() * labels),
  );
  const classes = Int32Array.of(0, 2);
  // Half of the scores lie exactly on an edge or at zero: ties are what a sweep gets wrong.
  const data = Float32Array.from({ length: 2 * height * width }, () =>
    next() < 0.5 ? Math.floor(next() * bins) / bins : next(),
  );
  return { truth: { height, width, data: truth }, scores: { height, width, classes, data } };
}

/** The definition: mask at one threshold, then counted. Background is channel 0, so it wins ties. */
function naiveConfusion(truth: LabelMap, scores: ScoreMaps, threshold: number) {
  const pixels = height * width;
  const data = new Uint8Array(pixels);
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    let best = threshold;
    scores.classes.forEach((classIndex, position) => {
      const score = scores.data[position * pixels + pixel]!;
      if (score > best) {
        best = score;
        data[pixel] = classIndex + 1;
      }
    });
  }
  return countConfusion(truth, { height, width, data }, { labels, image: "naive" });
}

describe("thresholdHistogram", () => {
  it("equals the naive evaluator at every threshold, ties included", () => {
    for (const bins of [1, 7, 60, 100]) {
      for (const seed of [1, 2, 3]) {
        const { truth, scores } = randomCase(seed, bins);
        const histogram = thresholdHistogram(truth, scores, { labels, bins, image: "a" });
        for (let edge = 0; edge < bins; edge += 1) {
          expect(confusionAtThreshold(histogram, edge)).toEqual(
            naiveConfusion(truth, scores, edge / bins),
          );
        }
      }
    }
  });

  it("leaves every pixel of an image without labels to the background", () => {
    const { truth } = randomCase(5, 10);
    const scores = { height, width, classes: new Int32Array(0), data: new Float32Array(0) };
    const histogram = thresholdHistogram(truth, scores, { labels, bins: 10, image: "a" });
    expect(histogram.counts.every((count) => count === 0)).toBe(true);
    expect(confusionAtThreshold(histogram, 0)).toEqual(naiveConfusion(truth, scores, 0));
  });

  it("puts scores above one into the last bin and negative ones nowhere", () => {
    const truth = { height: 1, width: 2, data: Uint8Array.of(1, 1) };
    const scores = {
      height: 1,
      width: 2,
      classes: Int32Array.of(0),
      data: Float32Array.of(1.000_001, -0.1),
    };
    const histogram = thresholdHistogram(truth, scores, { labels: 2, bins: 4, image: "a" });
    expect(histogram.counts).toEqual([0, 0, 0, 0, 0, 0, 0, 1]);
    expect(histogram.unscored).toEqual([0, 1]);
  });

  it("refuses NaN, unknown labels, unknown classes and other sizes", () => {
    const { truth, scores } = randomCase(6, 10);
    const options = { labels, bins: 10, image: "a" };
    const broken = Float32Array.from(scores.data);
    broken[0] = Number.NaN;
    truth.data[0] = 1;
    expect(() => thresholdHistogram(truth, { ...scores, data: broken }, options)).toThrow(/NaN/);
    expect(() => thresholdHistogram(truth, scores, { ...options, labels: 2 })).toThrow(/below/);
    const narrow = { ...scores, width: 1 };
    expect(() => thresholdHistogram(truth, narrow, options)).toThrow(/9×11, got 9×1/);
  });
});

describe("mergeThresholdHistograms", () => {
  it("sums parts", () => {
    const { truth, scores } = randomCase(7, 10);
    const one = thresholdHistogram(truth, scores, { labels, bins: 10, image: "a" });
    const two = mergeThresholdHistograms([one, one], { labels, bins: 10 });
    expect(two.counts).toEqual(one.counts.map((count) => 2 * count));
    expect(two.unscored).toEqual(one.unscored.map((count) => 2 * count));
    expect(() => mergeThresholdHistograms([one], { labels, bins: 9 })).toThrow(/9 bins, got 4/);
  });
});
