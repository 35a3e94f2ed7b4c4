import {
  ArtifactError,
  bytesOfUnit,
  type DatasetImage,
  type ScoreMaps,
} from "../../contract/index.ts";
import { encodeSafetensors } from "../../tensor/safetensors.ts";
import type { TrainingCompanion } from "../train-loop.ts";

const NAME = "accumulation.history";

/** Accumulated maps of a few images as they were after every epoch, in 8 bit. */
export interface AccumulationHistory extends TrainingCompanion {
  /** Keeps the maps as they are now. epoch 0…E−1 */
  record(epoch: number): void;
  /** File bytes of one image: `accumulated` [E, C', h, w] U8 and `classes` [C'] I32. */
  encodeImage(entry: DatasetImage): Uint8Array;
}

/** A history of the images; saved with the training, so that a resumed one ends with the same bytes. */
export function createHistory(
  entries: readonly DatasetImage[],
  {
    epochs,
    mapsOf,
  }: { readonly epochs: number; readonly mapsOf: (entry: DatasetImage) => ScoreMaps },
): AccumulationHistory {
  const starts = new Map<string, number>();
  let length = 0;
  for (const entry of entries) {
    starts.set(entry.key, length);
    length += mapsOf(entry).data.length;
  }
  const values = new Uint8Array(epochs * length);
  return {
    record(epoch) {
      for (const entry of entries) {
        values.set(bytesOfUnit(mapsOf(entry).data), epoch * length + starts.get(entry.key)!);
      }
    },
    encodeImage(entry) {
      const { height, width, classes, data } = mapsOf(entry);
      const accumulated = new Uint8Array(epochs * data.length);
      const start = starts.get(entry.key)!;
      for (let epoch = 0; epoch < epochs; epoch += 1) {
        const from = epoch * length + start;
        accumulated.set(values.subarray(from, from + data.length), epoch * data.length);
      }
      const shape = [epochs, classes.length, height, width];
      return encodeSafetensors(
        new Map([
          ["accumulated", { dtype: "U8" as const, shape, data: accumulated }],
          ["classes", { dtype: "I32" as const, shape: [classes.length], data: classes }],
        ]),
      );
    },
    // A copy: a checkpoint is written while training goes on.
    encode: () =>
      new Map([[NAME, { dtype: "U8" as const, shape: [values.length], data: values.slice() }]]),
    restore(saved) {
      const found = saved.get(NAME)?.data;
      if (found?.length !== values.length) {
        throw new ArtifactError(
          `oaa: expected ${values.length} values of the accumulation's history, got ${found?.length ?? "none"}. It belongs to another run; start the stage anew.`,
        );
      }
      values.set(found);
    },
  };
}
