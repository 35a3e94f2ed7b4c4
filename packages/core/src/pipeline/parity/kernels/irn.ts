import { z } from "zod";
import { seedFromScores } from "../../../cam/seed.ts";
import { innerGrid, pathOffsets } from "../../../irn/boundary-affinity.ts";
import { boundaryLosses, taughtPairs } from "../../../irn/boundary-loss.ts";
import { pathAffinity } from "../../../irn/path-affinity.ts";
import { tf } from "../../../tensor/tf.ts";
import { confidentLabels, walkWithinBoundaries } from "../../irn-jobs.ts";
import { nchwValues, nhwc, scalarsOf } from "../tensors.ts";
import type { Kernel } from "./kernel.ts";

const VOC_CLASSES = 20;

export const irnAffinityLoss: Kernel = async (golden) => {
  const radiusInFeatures = golden.number("radius");
  const [count, height, width] = golden.extents("label_map", 3);
  const labels = tf.tensor3d(
    Int32Array.from(golden.u8("label_map")),
    [count, height, width],
    "int32",
  );
  const pairs = taughtPairs(labels, { radiusInFeatures, classes: VOC_CLASSES });
  const lossesOf = (edge: tf.Tensor, displacements: tf.Tensor) =>
    boundaryLosses(tf.sigmoid(edge as tf.Tensor4D), displacements as tf.Tensor4D, pairs, {
      radiusInFeatures,
    });
  const edge = nhwc(golden, "edge_logit");
  const displacements = nhwc(golden, "dp");
  const losses = lossesOf(edge, displacements);
  const [ofEdge, ofDisplacements] = tf.grads((a, b) => lossesOf(a, b).total)([edge, displacements]);
  const { rows, columns, left } = innerGrid({ height, width }, radiusInFeatures);
  return {
    bg_pos: await nchwValues(pairs.background),
    fg_pos: await nchwValues(pairs.foreground),
    neg: await nchwValues(pairs.negative),
    search_dst: pathOffsets(radiusInFeatures).flatMap(({ dy, dx }) => [dy, dx]),
    src_indices: Array.from({ length: rows * columns }, (_, at) => {
      const row = Math.floor(at / columns);
      return row * width + left + (at % columns);
    }),
    losses: await scalarsOf([
      losses.positive,
      losses.negative,
      losses.foregroundDisplacement,
      losses.backgroundDisplacement,
      losses.total,
    ]),
    grad_edge: await nchwValues(ofEdge!),
    grad_dp: await nchwValues(ofDisplacements!),
  };
};

export const randomWalkIrn: Kernel = (golden) => {
  const [count, height, width] = golden.extents("cam", 3);
  const radius = golden.number("radius");
  const boundary = golden.f32("edge");
  const [imageHeight = 0, imageWidth = 0] = golden.numbers("crop");
  const classes = Int32Array.from({ length: count }, (_, classIndex) => classIndex);
  const { walked, scores } = walkWithinBoundaries({
    scores: { height, width, classes, data: golden.f32("cam") },
    boundary,
    size: { height: imageHeight, width: imageWidth },
    radius,
    beta: golden.number("beta"),
    walk: { steps: 2 ** golden.number("exp_times"), method: "chebyshev" },
  });
  const fraction = golden.number("sem_seg_bg_thres");
  const ordered = pathOffsets(radius);
  return {
    rw: walked,
    pred: seedFromScores(scores, { rule: "relative", fraction }).data,
    search_dst: ordered.flatMap(({ dy, dx }) => [dy, dx]),
    sparse_aff: paddedAffinities(pathAffinity(boundary, { height, width, offsets: ordered }), {
      height,
      width,
      radius,
      offsets: ordered,
    }),
  };
};

/** The release pads its grid by the radius first: its start pixels reach one row and column further. */
function paddedAffinities(
  planes: Float32Array,
  {
    height,
    width,
    radius,
    offsets,
  }: {
    height: number;
    width: number;
    radius: number;
    offsets: readonly { readonly dy: number; readonly dx: number }[];
  },
): number[] {
  const { rows, columns, left } = innerGrid(
    { height: height + radius, width: width + 2 * radius },
    radius,
  );
  return offsets.flatMap(({ dy, dx }, plane) =>
    Array.from({ length: rows * columns }, (_, at) => {
      const y = Math.floor(at / columns);
      const x = (at % columns) + left - radius;
      const inside = y + dy < height && x >= 0 && x < width && x + dx >= 0 && x + dx < width;
      return inside ? planes[(plane * height + y) * width + x]! : 0;
    }),
  );
}

const crfSchema = z.object({
  t: z.number(),
  gt_prob: z.number(),
  g: z.tuple([z.number(), z.number()]),
  b: z.tuple([z.number(), z.number(), z.number()]),
});

export const irnConfidentLabels: Kernel = (golden) => {
  const [height, width] = golden.extents("image", 3);
  const image = { height, width, data: golden.u8("image") };
  const classes = golden
    .i32("keys")
    .subarray(1)
    .map((key) => key - 1);
  const crf = golden.param("crf", crfSchema);
  const { strict, lenient, confident } = confidentLabels({
    image,
    scores: { height, width, classes, data: golden.f32("cam") },
    strictThreshold: golden.number("fg_thres"),
    lenientThreshold: golden.number("bg_thres"),
    certainty: crf.gt_prob,
    crf: {
      iterations: crf.t,
      gaussianSxy: crf.g[0],
      gaussianWeight: crf.g[1],
      bilateralSxy: crf.b[0],
      bilateralSrgb: crf.b[1],
      bilateralWeight: crf.b[2],
    },
  });
  return { fg_conf: strict.data, bg_conf: lenient.data, conf: confident.data };
};
