import { it } from "vitest";
import type { DenseCrfConfig, RgbImage } from "../contract/index.ts";
import { describeGolden, expectGolden, type Golden } from "../../test/golden.ts";
import { createDenseCrf } from "./dense-crf.ts";
import { type Unary, unaryFromLabels, unaryFromProbabilities } from "./unary.ts";

const configOf = (golden: Golden): DenseCrfConfig => ({
  iterations: golden.number("iterations"),
  gaussianSxy: golden.number("g_sxy"),
  gaussianWeight: golden.number("g_compat"),
  bilateralSxy: golden.number("b_sxy"),
  bilateralSrgb: golden.number("b_srgb"),
  bilateralWeight: golden.number("b_compat"),
});

const imageOf = (golden: Golden): RgbImage => ({
  height: golden.number("height"),
  width: golden.number("width"),
  data: golden.u8("image"),
});

function unaryOf(golden: Golden): Unary {
  const labels = golden.number("labels");
  if (golden.has("labels")) {
    return unaryFromLabels(golden.u8("labels"), { labels, certainty: golden.number("gt_prob") });
  }
  const scores = Float32Array.from(golden.u8("prob_u8"), (value) => value / 255);
  return unaryFromProbabilities(scores, { labels });
}

function argmax(q: Float32Array, pixels: number): Uint8Array {
  const best = new Uint8Array(pixels);
  for (let at = pixels; at < q.length; at += 1) {
    const pixel = at % pixels;
    if (q[at]! > q[best[pixel]! * pixels + pixel]!) best[pixel] = Math.floor(at / pixels);
  }
  return best;
}

for (const name of [
  "crf_odd_4",
  "crf_odd_4_t1",
  "crf_small_2",
  "crf_small_21",
  "crf_small_2_t5",
  "crf_small_irn_3",
  "crf_voc_2",
  "crf_voc_21",
  "crf_voc_4",
  "crf_voc_irn_3",
]) {
  describeGolden(name, (golden) => {
    it("gives the same marginals and the same best labels", () => {
      const image = imageOf(golden);
      const pixels = image.height * image.width;
      const q = createDenseCrf(image, configOf(golden)).infer(unaryOf(golden));
      expectGolden(golden, "argmax", argmax(q, pixels));
      if (golden.has("q")) expectGolden(golden, "q", q);
      else {
        const index = [...golden.i32("q_index")];
        const labels = golden.number("labels");
        const sample = Array.from({ length: labels }, (_, label) =>
          index.map((pixel) => q[label * pixels + pixel]!),
        );
        expectGolden(golden, "q_sample", sample.flat());
      }
    });
  });
}
