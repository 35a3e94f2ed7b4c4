import { expect, test } from "vitest";
import { seedFromScores } from "../src/cam/seed.ts";
import { sweepThresholds } from "../src/contract/index.ts";
import { countConfusion } from "../src/metrics/confusion.ts";
import { thresholdHistogram } from "../src/metrics/threshold-histogram.ts";
import { scoresOf, SIZES } from "./scenes.ts";

const labels = 21;
const bins = 60;
const options = { iterations: 4, time: 0, warmupIterations: 1 };

for (const size of SIZES) {
  test(`60 thresholds of one image, ${size.height}×${size.width}`, async ({ bench }) => {
    const scores = scoresOf(size);
    const truth = seedFromScores(scores, { rule: "constant", threshold: 0.4 });
    const result = await bench.compare(
      bench("one pass, then sums", () => {
        const histogram = thresholdHistogram(truth, scores, { labels, bins, image: "bench" });
        sweepThresholds(histogram, "skip-absent");
      }),
      bench("a mask and a count for each, as in SEAM", () => {
        for (let edge = 0; edge < bins; edge += 1) {
          const seed = seedFromScores(scores, { rule: "constant", threshold: edge / bins });
          countConfusion(truth, seed, { labels, image: "bench" });
        }
      }),
      options,
    );
    expect(result.get("one pass, then sums")).toBeFasterThan(
      result.get("a mask and a count for each, as in SEAM"),
    );
  });
}
