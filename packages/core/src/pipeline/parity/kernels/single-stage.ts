import { focalPenalty } from "../../../single-stage/focal-penalty.ts";
import { maskLoss } from "../../../single-stage/mask-loss.ts";
import { maskByLabels, pseudoGroundTruth } from "../../../single-stage/pseudo-ground-truth.ts";
import { tf } from "../../../tensor/tf.ts";
import { matrix, nchwValues, nhwc, valuesOf } from "../tensors.ts";
import type { Kernel } from "./kernel.ts";

export const singleStageMaskLoss: Kernel = async (golden) => {
  const labels = matrix(golden, "label");
  const truth = pseudoGroundTruth(maskByLabels(nhwc(golden, "mask"), labels), {
    topShare: golden.number("cutoff_top"),
    least: golden.number("cutoff_low"),
    backgroundShare: golden.number("bg_factor"),
  });
  const loss = (x: tf.Tensor) => maskLoss(x as tf.Tensor4D, truth, labels);
  const logits = nhwc(golden, "logits");
  const penalty = focalPenalty(tf.tensor1d(Float32Array.from(golden.f32("focal_in"))), {
    power: golden.number("focal_p"),
    lambda: golden.number("focal_c"),
  });
  return {
    pseudo_gt: await nchwValues(truth),
    loss: await valuesOf(loss(logits)),
    grad_logits: await nchwValues(tf.grad((x) => tf.sum(loss(x)))(logits)),
    focal_out: await valuesOf(penalty),
  };
};
