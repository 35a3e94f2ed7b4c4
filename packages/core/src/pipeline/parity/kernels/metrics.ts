import {
  classIous,
  frequencyWeightedIou,
  IGNORE_INDEX,
  meanIou,
  meanRecall,
  pixelAccuracy,
} from "../../../contract/index.ts";
import { countConfusion, mergeConfusions } from "../../../metrics/confusion.ts";
import type { Kernel } from "./kernel.ts";

export const confusionMetrics: Kernel = (golden) => {
  const [images, height, width] = golden.extents("gt", 3);
  const [labels] = golden.extents("class_iou", 1);
  const pixels = height * width;
  const ignored = golden.number("ignore");
  const truth = golden.u8("gt").map((label) => (label === ignored ? IGNORE_INDEX : label));
  const map = (labelsOfAll: Uint8Array, image: number) => ({
    height,
    width,
    data: labelsOfAll.subarray(image * pixels, (image + 1) * pixels),
  });
  const parts = Array.from({ length: images }, (_, image) =>
    countConfusion(map(truth, image), map(golden.u8("pred"), image), {
      labels,
      image: String(image),
    }),
  );
  const counts = mergeConfusions(parts, { labels });
  const ious = classIous(counts).map(({ iou }) => iou);
  const summary = [
    pixelAccuracy(counts),
    meanRecall(counts),
    frequencyWeightedIou(counts),
    meanIou(counts, "ground-truth-only"),
    meanIou(counts, "count-as-zero"),
    meanIou(counts, "skip-absent"),
  ];
  return {
    confusion: counts.matrix,
    class_iou: ious.map((iou) => iou ?? Number.NaN),
    class_iou_is_nan: ious.map((iou) => Number(iou === null)),
    summary: summary.map((value) => value ?? Number.NaN),
  };
};
