import { z } from "zod";
import type { DenseCrfConfig } from "../../../contract/run-config.ts";
import { createDenseCrf } from "../../../crf/dense-crf.ts";
import { type Unary, unaryFromLabels, unaryFromProbabilities } from "../../../crf/unary.ts";
import { argmaxLabels } from "../../../score-maps/label-scores.ts";
import type { GoldenFile } from "../golden-file.ts";
import type { Kernel } from "./kernel.ts";

const configOf = (golden: GoldenFile): DenseCrfConfig => ({
  iterations: golden.number("iterations"),
  gaussianSxy: golden.number("g_sxy"),
  gaussianWeight: golden.number("g_compat"),
  bilateralSxy: golden.number("b_sxy"),
  bilateralSrgb: golden.number("b_srgb"),
  bilateralWeight: golden.number("b_compat"),
});

/** Columns `index` of every plane of [planes, pixels]. */
export function samplePlanes(data: Float32Array, index: Int32Array, planes: number): number[] {
  const pixels = data.length / planes;
  return Array.from({ length: planes }, (_, plane) =>
    Array.from(index, (pixel) => data[plane * pixels + pixel]!),
  ).flat();
}

function infer(golden: GoldenFile, unary: Unary) {
  const [height, width] = golden.extents("image", 3);
  const crf = createDenseCrf({ height, width, data: golden.u8("image") }, configOf(golden));
  const q = crf.infer(unary);
  crf.dispose();
  const classes = Int32Array.from({ length: unary.labels - 1 }, (_, classIndex) => classIndex);
  return {
    argmax: argmaxLabels({ height, width, classes, data: q }).data,
    ...(golden.has("q_index")
      ? { q_sample: samplePlanes(q, golden.i32("q_index"), unary.labels) }
      : { q }),
  };
}

export const crfProbabilities: Kernel = (golden) => {
  const scores = Float32Array.from(golden.u8("prob_u8"), (value) => value / 255);
  const [labels] = golden.extents("prob_u8", 3);
  const [, clip] = /clip=([\d.e-]+)/u.exec(golden.param("unary", z.string())) ?? [];
  return infer(
    golden,
    unaryFromProbabilities(scores, {
      labels,
      ...(clip === undefined ? {} : { clip: Number(clip) }),
    }),
  );
};

export const crfLabels: Kernel = (golden) =>
  infer(
    golden,
    unaryFromLabels(golden.u8("labels"), {
      labels: golden.number("labels"),
      certainty: golden.number("gt_prob"),
    }),
  );
