import { multiLabelSoftMarginLoss } from "../../../classifier/multilabel-loss.ts";
import { withComplementBackground } from "../../../seam/correlation-input.ts";
import { crossTarget } from "../../../seam/cross-regularisation-loss.ts";
import { maxNormalise } from "../../../seam/max-normalise.ts";
import { correlatePixels } from "../../../seam/pcm.ts";
import { seamMaps, upsampleSeamMaps } from "../../../seam/seam-head.ts";
import { type SiameseLosses, siameseLosses } from "../../../seam/siamese-losses.ts";
import { conv2d } from "../../../tensor/conv.ts";
import { resizeScores } from "../../../tensor/resize.ts";
import { tf } from "../../../tensor/tf.ts";
import type { GoldenFile } from "../golden-file.ts";
import { hwio, matrix, nchwValues, nhwc, oihwValues, scalarsOf } from "../tensors.ts";
import type { Kernel } from "./kernel.ts";

export const seamPcm: Kernel = async (golden) => {
  const [, , height, width] = golden.extents("f", 4);
  const revise = (maps: tf.Tensor, features: tf.Tensor, filter: tf.Tensor) =>
    correlatePixels(
      resizeScores(maps as tf.Tensor4D, { height, width, grid: "corner-aligned" }),
      conv2d(features as tf.Tensor4D, filter as tf.Tensor4D),
    );
  const inputs = [nhwc(golden, "cam"), nhwc(golden, "f"), hwio(golden, "f9_weight")] as const;
  const gradients = tf.grads(revise)([...inputs], nhwc(golden, "grad_out"));
  return {
    cam_rv: await nchwValues(revise(...inputs)),
    grad_cam: await nchwValues(gradients[0]!),
    grad_f: await nchwValues(gradients[1]!),
    grad_f9_weight: await oihwValues(gradients[2]!),
  };
};

export const seamForward: Kernel = async (golden) => {
  const maps = seamMaps(
    nhwc(golden, "x"),
    {
      conv4: nhwc(golden, "conv4"),
      conv5: nhwc(golden, "conv5"),
      conv6: nhwc(golden, "conv6"),
    },
    {
      fc8: hwio(golden, "fc8.weight"),
      f8_3: hwio(golden, "f8_3.weight"),
      f8_4: hwio(golden, "f8_4.weight"),
      f9: hwio(golden, "f9.weight"),
    },
  );
  const whole = upsampleSeamMaps(maps, {
    height: golden.number("height"),
    width: golden.number("width"),
  });
  return {
    cam: await nchwValues(whole.cam),
    cam_rv: await nchwValues(whole.revisedCam),
  };
};

type Maps = [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D, tf.Tensor4D];

const lossesOf =
  (golden: GoldenFile) =>
  (...[cam1, revised1, cam2, revised2]: tf.Tensor[]): SiameseLosses =>
    siameseLosses(
      {
        large: { cam: cam1 as tf.Tensor4D, revisedCam: revised1 as tf.Tensor4D },
        small: { cam: cam2 as tf.Tensor4D, revisedCam: revised2 as tf.Tensor4D },
      },
      matrix(golden, "label"),
      multiLabelSoftMarginLoss,
    );

export const seamLosses: Kernel = async (golden) => {
  const maps = ["cam1", "cam_rv1", "cam2", "cam_rv2"].map((name) => nhwc(golden, name)) as Maps;
  const losses = lossesOf(golden)(...maps);
  /** Gradient of one loss for one of the four maps. */
  const gradient = (part: keyof SiameseLosses, of: number) =>
    nchwValues(
      tf.grad((x) => lossesOf(golden)(...maps.map((map, at) => (at === of ? x : map)))[part])(
        maps[of]!,
      ),
    );
  const labelMask = tf.tidy(() => {
    const labels = matrix(golden, "label");
    const [count, classes] = labels.shape;
    return tf.reshape(tf.concat([tf.ones([count, 1]), labels], 1), [count, 1, 1, classes + 1]);
  });
  const masked = tf.mul<tf.Tensor4D>(maxNormalise(maps[2]), labelMask);
  return {
    losses: await scalarsOf([
      losses.classificationLarge,
      losses.classificationSmall,
      losses.suppressionLarge,
      losses.suppressionSmall,
      losses.equivariance,
      losses.crossLarge,
      losses.crossSmall,
      losses.classification,
      losses.crossRegularisation,
      losses.total,
    ]),
    grad_cam1: await gradient("total", 0),
    grad_cam_rv1: await gradient("total", 1),
    grad_cam2: await gradient("total", 2),
    grad_cam_rv2: await gradient("total", 3),
    grad_cam2_of_er: await gradient("equivariance", 2),
    grad_cam_rv2_of_ecr: await gradient("crossRegularisation", 3),
    grad_cam2_of_cls: await gradient("classification", 2),
    grad_cam_rv2_of_cls: await gradient("classification", 3),
    max_norm_cam1: await nchwValues(maxNormalise(maps[0])),
    cam2_before_onehot: await nchwValues(withComplementBackground(masked)),
    max_onehot_cam2: await nchwValues(crossTarget(masked)),
  };
};
