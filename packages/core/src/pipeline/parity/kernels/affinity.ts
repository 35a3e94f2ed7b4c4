import { z } from "zod";
import { affinityFeatures } from "../../../affinity/affinity-net.ts";
import { affinityLabels, PAIR_KINDS, pairLabels } from "../../../affinity/affinity-labels.ts";
import { affinityLosses, pairKindsTensor } from "../../../affinity/affinity-loss.ts";
import { affinityPlanes } from "../../../affinity/affinity-planes.ts";
import { pairAffinities } from "../../../affinity/pair-affinities.ts";
import { pairStarts } from "../../../affinity/pixel-pairs.ts";
import { randomWalk } from "../../../affinity/random-walk.ts";
import { poolToGrid } from "../../../affinity/walk-grid.ts";
import { backgroundScores } from "../../../cam/background.ts";
import { pixelOffsets, type Transition, transition } from "../../../contract/index.ts";
import { cropPlanes } from "../../../score-maps/crop.ts";
import {
  argmaxLabels,
  type LabelScores,
  stackBackground,
} from "../../../score-maps/label-scores.ts";
import { resizeLabelScores } from "../../../score-maps/resize.ts";
import { tf } from "../../../tensor/tf.ts";
import type { GoldenFile } from "../golden-file.ts";
import { hwio, nchwValues, nhwc, scalarsOf } from "../tensors.ts";
import type { Kernel, KernelOutputs } from "./kernel.ts";

function labelScores(golden: GoldenFile, tensor: string): LabelScores {
  const [planes, height, width] = golden.extents(tensor, 3);
  const classes = Int32Array.from({ length: planes - 1 }, (_, classIndex) => classIndex);
  return { height, width, classes, data: golden.f32(tensor) };
}

export const affinityPsa: Kernel = async (golden) => {
  const grid = { height: golden.number("height"), width: golden.number("width") };
  const options = { radiusInFeatures: golden.number("radius"), borders: "psa-compat" } as const;
  const offsets = pixelOffsets(options.radiusInFeatures);
  const { rows, left, right } = pairStarts(
    grid,
    offsets[0]!,
    options.borders,
    options.radiusInFeatures,
  );
  const starts = Array.from({ length: rows }, (_, y) =>
    Array.from({ length: right - left }, (__, x) => y * grid.width + left + x),
  ).flat();
  /** [1, h, w, K] → the release's [K, start pixels]. */
  const gathered = (planes: tf.Tensor) =>
    nchwValues(
      tf.slice(planes as tf.Tensor4D, [0, 0, left, 0], [1, rows, right - left, offsets.length]),
    );

  const features = affinityFeatures(
    {
      conv4: nhwc(golden, "conv4"),
      conv5: nhwc(golden, "conv5"),
      conv6: nhwc(golden, "conv6"),
    },
    {
      f8_3: hwio(golden, "f8_3.weight"),
      f8_4: hwio(golden, "f8_4.weight"),
      f8_5: hwio(golden, "f8_5.weight"),
      f9: hwio(golden, "f9.weight"),
    },
  );
  const labels = affinityLabels(labelScores(golden, "crf_low"), labelScores(golden, "crf_high"), {
    stride: golden.param("stride", z.int().default(8)),
  });
  const kinds = pairLabels(labels, options);
  const taught = pairKindsTensor([kinds], grid);
  const pixels = grid.height * grid.width;
  const kindPlanes = offsets.flatMap((_, plane) => starts.map((p) => kinds[plane * pixels + p]!));
  const only = (kind: number) => kindPlanes.map((value) => Number(value === kind));

  const affinities = pairAffinities(features, options);
  const losses = affinityLosses(affinities, taught);
  const ofAffinities = tf.grad((x) => affinityLosses(x as tf.Tensor4D, taught).total);
  const ofFeatures = tf.grad(
    (x) => affinityLosses(pairAffinities(x as tf.Tensor4D, options), taught).total,
  );
  return {
    feature: await nchwValues(features),
    ind_from: starts,
    ind_to: offsets.flatMap(({ dy, dx }) => starts.map((p) => p + dy * grid.width + dx)),
    aff: await gathered(affinities),
    label_map: labels.data,
    bg_pos: only(PAIR_KINDS.backgroundPositive),
    fg_pos: only(PAIR_KINDS.foregroundPositive),
    neg: only(PAIR_KINDS.negative),
    losses: await scalarsOf([losses.background, losses.foreground, losses.negative, losses.total]),
    grad_aff: await gathered(ofAffinities(affinities)),
    grad_feature: await nchwValues(ofFeatures(features)),
  };
};

/** A walk's symmetric weights as a dense matrix, 1 on the diagonal. */
function denseWeights({ height, width, offsets, weights }: Transition): Float32Array {
  const pixels = height * width;
  const dense = new Float32Array(pixels * pixels);
  for (let p = 0; p < pixels; p += 1) dense[p * pixels + p] = 1;
  offsets.forEach(({ dy, dx }, plane) => {
    for (let p = 0; p < pixels; p += 1) {
      const weight = weights[plane * pixels + p]!;
      const q = p + dy * width + dx;
      if (weight > 0) dense[p * pixels + q] = dense[q * pixels + p] = weight;
    }
  });
  return dense;
}

/** T^steps as a dense matrix: the walk of the identity, row i being what pixel i gives. */
function densePower(step: Transition, steps: number): Float32Array {
  const pixels = step.height * step.width;
  const identity = new Float32Array(pixels * pixels);
  for (let p = 0; p < pixels; p += 1) identity[p * pixels + p] = 1;
  return randomWalk(identity, step, { steps, method: "steps" });
}

/** Present classes' scores with a power background, pooled to the grid, on all label planes. */
function pooledScores(golden: GoldenFile, labels: number): Float32Array {
  const [, height, width] = golden.extents("cam", 3);
  const classes = Int32Array.from(golden.numbers("classes"));
  const cam = { height, width, classes, data: golden.f32("cam") };
  const background = backgroundScores(cam, { rule: "power", alpha: golden.number("alpha") });
  const pooled = poolToGrid(stackBackground(background, cam), { stride: golden.number("stride") });
  const area = pooled.height * pooled.width;
  const all = new Float32Array(labels * area);
  [0, ...Array.from(classes, (index) => index + 1)].forEach((label, plane) =>
    all.set(pooled.data.subarray(plane * area, (plane + 1) * area), label * area),
  );
  return all;
}

export const randomWalkPsa: Kernel = (golden) => {
  const [, , height, width] = golden.extents("feature", 4);
  const [labels] = golden.extents("cam_lowres", 3);
  const affinity = affinityPlanes(golden.f32("feature"), {
    height,
    width,
    radiusInFeatures: golden.number("radius"),
    borders: "psa-compat",
  });
  const step = transition(affinity, { power: golden.number("beta") });
  const steps = 2 ** golden.number("logt");
  const rw = randomWalk(golden.f32("cam_lowres"), step, { steps, method: "chebyshev" });
  const classes = Int32Array.from({ length: labels - 1 }, (_, classIndex) => classIndex);
  const [paddedHeight = 0, paddedWidth = 0] = golden.numbers("padded");
  const enlarged = resizeLabelScores(
    { height, width, classes, data: rw },
    { height: paddedHeight, width: paddedWidth, grid: "half-pixel" },
  );
  const image = { height: golden.number("height"), width: golden.number("width") };
  const cropped = { ...image, classes, data: cropPlanes(enlarged.data, enlarged, image) };
  const dense: KernelOutputs = golden.rules.has("aff_pow")
    ? { aff_pow: denseWeights(step), trans_mat: densePower(step, steps) }
    : {};
  return {
    ...(golden.has("cam") ? { cam_lowres: pooledScores(golden, labels) } : {}),
    rw,
    rw_up: enlarged.data,
    pred: argmaxLabels(cropped).data,
    ...dense,
  };
};
