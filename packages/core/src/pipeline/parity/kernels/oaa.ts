import { resizeCubicOpencv } from "../../../data/resize-opencv.ts";
import {
  accumulatedMaps,
  createAccumulation,
  isAccumulated,
  visitImage,
} from "../../../oaa/accumulation.ts";
import { integralAttentionLoss } from "../../../oaa/integral-loss.ts";
import { tf } from "../../../tensor/tf.ts";
import { nchwValues, nhwc, valuesOf } from "../tensors.ts";
import type { Kernel } from "./kernel.ts";

/** Enlarged as the release does before it draws a map: cubic, then stretched to 0…255. */
function stretch(plane: Uint8Array, from: Size, to: Size): Uint8Array {
  const { data } = resizeCubicOpencv({ ...from, channels: 1, data: plane }, to);
  const low = data.reduce((least, value) => Math.min(least, value), 255);
  const high = data.reduce((most, value) => Math.max(most, value), 0);
  return Uint8Array.from(data, (value) => ((value - low) / (high - low + 1e-8)) * 255);
}

const joined = (planes: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(Buffer.concat(planes));

interface Size {
  readonly height: number;
  readonly width: number;
}

export const oaaAccumulate: Kernel = (golden) => {
  const [epochs, images, classes, height, width] = golden.extents("maps", 5);
  const area = height * width;
  const [zoomHeight = 0, zoomWidth = 0] = golden.numbers("zoom");
  const zoomed = { height: zoomHeight, width: zoomWidth };
  const keys = golden.i32("keys");
  const labels = golden.f32("label");
  const layout = Array.from({ length: images }, (_, image) => ({
    key: String(image),
    height,
    width,
    classes: Array.from({ length: classes }, (__, index) => index).filter(
      (index) => labels[image * classes + index]! > 0,
    ),
  }));
  const accumulation = createAccumulation(layout);
  const accu: Uint8Array[][] = [];
  const present: number[] = [];
  let last: Uint8Array[] = [];
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    // The release starts to accumulate in its second epoch.
    for (const image of epoch === 0 ? [] : layout) {
      const at = (epoch * images + Number(image.key)) * classes;
      const planes = image.classes.map((index) =>
        golden.f32("maps").subarray((at + index) * area, (at + index + 1) * area),
      );
      const data = new Float32Array(planes.length * area);
      planes.forEach((plane, position) => data.set(plane, position * area));
      visitImage(accumulation, {
        imageKey: image.key,
        maps: { height, width, classes: Int32Array.from(image.classes), data },
        logits: golden.f32("logits").subarray(at, at + classes),
        lastEpoch: epoch === epochs - 1,
      });
    }
    last = Array.from({ length: keys.length / 2 }, (_, row) => {
      const image = layout[keys[row * 2]!]!;
      const position = image.classes.indexOf(keys[row * 2 + 1]!);
      const plane = accumulatedMaps(accumulation, image).data.subarray(
        position * area,
        (position + 1) * area,
      );
      // The release keeps 8 bits; rounding commutes with the maximum.
      return Uint8Array.from(plane, (value) => Math.round(value * 255));
    });
    accu.push(last);
    for (let row = 0; row < last.length; row += 1) {
      const [image, classIndex] = [layout[keys[row * 2]!]!, keys[row * 2 + 1]!];
      present.push(Number(isAccumulated(accumulation, image.key, classIndex)));
    }
  }
  return {
    accu: joined(accu.flat()),
    present,
    zoom: joined(last.map((plane) => stretch(plane, { height, width }, zoomed))),
  };
};

export const oaaIntegralLoss: Kernel = async (golden) => {
  const attention = nhwc(golden, "target");
  const threshold = golden.number("threshold");
  const loss = (x: tf.Tensor) => integralAttentionLoss(x as tf.Tensor4D, attention, { threshold });
  const logits = nhwc(golden, "input");
  return {
    loss: await valuesOf(loss(logits)),
    grad: await nchwValues(tf.grad(loss)(logits)),
  };
};
