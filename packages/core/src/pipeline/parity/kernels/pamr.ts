import { pamr as refine } from "../../../pamr/pamr.ts";
import { argmaxLabels } from "../../../score-maps/label-scores.ts";
import { resizeLabelScores } from "../../../score-maps/resize.ts";
import { samplePlanes } from "./crf.ts";
import type { Kernel, KernelOutputs } from "./kernel.ts";

export const pamr: Kernel = (golden): KernelOutputs => {
  const [, height, width] = golden.extents("image", 4);
  const image = { height, width, data: golden.u8("image") };
  const [, planes, maskHeight, maskWidth] = golden.extents("mask", 4);
  const classes = Int32Array.from({ length: planes - 1 }, (_, classIndex) => classIndex);
  const mask = { height: maskHeight, width: maskWidth, classes, data: golden.f32("mask") };
  const enlarged = resizeLabelScores(mask, { height, width, grid: "corner-aligned" });
  const refined = refine(image, enlarged, {
    iterations: golden.number("iterations"),
    dilations: golden.numbers("dilations"),
  });
  return golden.has("index")
    ? {
        output_sample: samplePlanes(refined.data, golden.i32("index"), planes),
        argmax: argmaxLabels(refined).data,
      }
    : { output: refined.data };
};
