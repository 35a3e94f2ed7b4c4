import { expect, it } from "vitest";
import { z } from "zod";
import { describeGolden, expectGolden } from "../../test/golden.ts";
import {
  classIous,
  frequencyWeightedIou,
  meanIou,
  meanRecall,
  pixelAccuracy,
} from "../contract/index.ts";
import { countConfusion, mergeConfusions } from "./confusion.ts";

describeGolden("metric_confusion", (golden) => {
  const [images = 0, height = 0, width = 0] = golden.shape("gt");
  const labels = 21;
  const truth = golden.u8("gt");
  const prediction = golden.u8("pred");
  const parts = Array.from({ length: images }, (_, image) => {
    const map = (data: Uint8Array) => ({
      height,
      width,
      data: data.subarray(image * height * width, (image + 1) * height * width),
    });
    return countConfusion(map(truth), map(prediction), { labels, image: String(image) });
  });
  const counts = mergeConfusions(parts, { labels });
  const ious = classIous(counts).map(({ iou }) => iou);

  it("counts the same pixels", () => expectGolden(golden, "confusion", counts.matrix));

  it("gives the same IoU of every class", () => {
    expectGolden(
      golden,
      "class_iou_is_nan",
      ious.map((iou) => Number(iou === null)),
    );
    expectGolden(
      golden,
      "class_iou",
      ious.map((iou) => iou ?? Number.NaN),
    );
  });

  it("gives the six summaries of the three references to 1e-12", () => {
    const ours = [
      pixelAccuracy(counts),
      meanRecall(counts),
      frequencyWeightedIou(counts),
      meanIou(counts, "ground-truth-only"),
      meanIou(counts, "count-as-zero"),
      meanIou(counts, "skip-absent"),
    ];
    const theirs = z.array(z.number()).parse(golden.params.summary_f64);
    // SEAM divides by the union + 1e-10, which shows in the thirteenth digit.
    theirs.forEach((value, at) => expect(ours[at]).toBeCloseTo(value, at === 4 ? 12 : 14));
  });
});
