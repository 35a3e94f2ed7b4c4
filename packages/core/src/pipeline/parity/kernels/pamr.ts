import { pamr as refine } from "../../../pamr/pamr.ts";
import { argmaxLabels, type LabelScores } from "../../../score-maps/label-scores.ts";
import { resizeLabelScores } from "../../../score-maps/resize.ts";
import type { GoldenFile } from "../golden-file.ts";
import { samplePlanes } from "./crf.ts";
import type { Kernel, KernelOutputs } from "./kernel.ts";

/** One image of the batch and its masks, enlarged to it. */
function refineImage(golden: GoldenFile, at: number): LabelScores {
  const [, height, width] = golden.extents("image", 4);
  const [, planes, maskHeight, maskWidth] = golden.extents("mask", 4);
  const own = <Data extends Uint8Array | Float32Array>(data: Data, length: number): Data =>
    data.subarray(at * length, (at + 1) * length) as Data;
  const mask = {
    height: maskHeight,
    width: maskWidth,
    classes: Int32Array.from({ length: planes - 1 }, (_, classIndex) => classIndex),
    data: own(golden.f32("mask"), planes * maskHeight * maskWidth),
  };
  const image = { height, width, data: own(golden.u8("image"), height * width * 3) };
  const enlarged = resizeLabelScores(mask, { height, width, grid: "corner-aligned" });
  return refine(image, enlarged, {
    iterations: golden.number("iterations"),
    dilations: golden.numbers("dilations"),
  });
}

const joined = (parts: readonly ArrayLike<number>[]): number[] =>
  parts.flatMap((part) => Array.from(part));

export const pamr: Kernel = (golden): KernelOutputs => {
  const [images] = golden.extents("image", 4);
  const [, planes] = golden.extents("mask", 4);
  const refined = Array.from({ length: images }, (_, at) => refineImage(golden, at));
  const argmax = joined(refined.map((scores) => argmaxLabels(scores).data));
  if (!golden.has("index")) return { output: joined(refined.map(({ data }) => data)), argmax };
  const index = golden.i32("index");
  return {
    output_sample: joined(refined.map(({ data }) => samplePlanes(data, index, planes))),
    argmax,
  };
};
