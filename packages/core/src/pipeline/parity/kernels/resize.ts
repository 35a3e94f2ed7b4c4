import { IMAGENET_NORMALISATION } from "../../../backbones/normalisation.ts";
import { normalisePixels } from "../../../backbones/layers.ts";
import {
  resizeCubicOpencv,
  resizeLinearOpencv,
  resizeNearestOpencv,
} from "../../../data/resize-opencv.ts";
import { resizeImage, resizeLabels } from "../../../data/resize-pillow.ts";
import { resizeScores } from "../../../tensor/resize.ts";
import { resizeByFactor } from "../../../tensor/resize-by-factor.ts";
import { tf } from "../../../tensor/tf.ts";
import { nchwValues, nhwc, valuesOf } from "../tensors.ts";
import type { Kernel, KernelOutputs } from "./kernel.ts";

export const resizeConventions: Kernel = async (golden) => {
  const [height, width] = golden.extents("image", 3);
  const image = { height, width, data: golden.u8("image") };
  const labels = { height, width, data: golden.u8("label") };
  const rgb = { ...image, channels: 3 };
  const grey = { height, width, channels: 1, data: image.data.filter((_, at) => at % 3 === 1) };
  const features = nhwc(golden, "fmap");
  const outputs: Record<string, KernelOutputs[string]> = {};

  for (const name of golden.rules.keys()) {
    const target = golden.shape(name);
    const [first = 0, second = 0] = target;
    const size = { height: first, width: second };
    const [, , featureHeight = 0, featureWidth = 0] = target;
    const featureSize = { height: featureHeight, width: featureWidth };
    const factor = Number(/scale([\d.]+)_/u.exec(name)?.[1] ?? 1);
    if (name.startsWith("pil_bicubic")) outputs[name] = resizeImage(image, size).data;
    else if (name.startsWith("pil_nearest")) outputs[name] = resizeLabels(labels, size).data;
    else if (name.startsWith("cv2_linear")) outputs[name] = resizeLinearOpencv(rgb, size).data;
    else if (name.startsWith("cv2_cubic")) outputs[name] = resizeCubicOpencv(grey, size).data;
    else if (name.startsWith("cv2_nearest")) {
      outputs[name] = resizeNearestOpencv({ ...grey, data: labels.data }, size).data;
    } else if (name.startsWith("torch_scale") && name.endsWith("noac")) {
      outputs[name] = await nchwValues(resizeByFactor(features, factor));
    } else if (name.startsWith("torch_")) {
      const grid = name.includes("noac") ? "half-pixel" : "corner-aligned";
      outputs[name] = await nchwValues(resizeScores(features, { ...featureSize, grid }));
    } else if (name === "normalised") {
      const pixels = tf.tensor4d(Float32Array.from(image.data), [1, height, width, 3]);
      outputs[name] = await valuesOf(normalisePixels(pixels, IMAGENET_NORMALISATION));
    }
  }
  return outputs;
};
