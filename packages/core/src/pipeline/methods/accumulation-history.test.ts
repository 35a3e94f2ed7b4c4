import { describe, expect, it } from "vitest";
import type { DatasetImage, ScoreMaps } from "../../contract/index.ts";
import { decodeSafetensors } from "../../tensor/safetensors.ts";
import { createHistory } from "./accumulation-history.ts";

const image = (key: string, labels: number[]): DatasetImage => ({
  id: key,
  key,
  width: 2,
  height: 1,
  split: "train",
  labels,
  image: "",
  mask: null,
});
const images = [image("a", [0]), image("b", [0, 2])];

/** Maps [C', 1, 2] that hold one value everywhere. */
const filled =
  (value: () => number) =>
  ({ labels }: DatasetImage): ScoreMaps => ({
    height: 1,
    width: 2,
    classes: Int32Array.from(labels),
    data: new Float32Array(2 * labels.length).fill(value()),
  });

describe("createHistory", () => {
  it("keeps each image's maps epoch by epoch, and zeros before the first", () => {
    let value = 0;
    const history = createHistory(images, { epochs: 3, mapsOf: filled(() => value) });
    value = 0.2;
    history.record(1);
    value = 1;
    history.record(2);
    const { tensors } = decodeSafetensors(history.encodeImage(images[1]!));
    expect(tensors.get("accumulated")!.shape).toEqual([3, 2, 1, 2]);
    expect([...tensors.get("accumulated")!.data]).toEqual([
      0, 0, 0, 0, 51, 51, 51, 51, 255, 255, 255, 255,
    ]);
    expect([...tensors.get("classes")!.data]).toEqual([0, 2]);
  });

  it("goes on from a checkpoint with the same bytes", () => {
    let value = 0.5;
    const options = { epochs: 2, mapsOf: filled(() => value) };
    const history = createHistory(images, options);
    history.record(0);
    const saved = history.encode();
    const resumed = createHistory(images, options);
    resumed.restore(saved);
    value = 0.75;
    for (const each of [history, resumed]) each.record(1);
    expect(resumed.encodeImage(images[0]!)).toEqual(history.encodeImage(images[0]!));
  });

  it("refuses another run's history", () => {
    const other = createHistory(images, { epochs: 4, mapsOf: filled(() => 0) });
    const history = createHistory(images, { epochs: 2, mapsOf: filled(() => 0) });
    expect(() => history.restore(other.encode())).toThrow("belongs to another run");
  });
});
