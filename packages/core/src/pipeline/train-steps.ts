import type { DatasetImage, LabelMap, Rgb } from "../contract/index.ts";
import type { Framing } from "../data/augment.ts";
import { type TrainingBatch, trainingBatches } from "../data/batches.ts";
import type { TrainingState } from "../tensor/training.ts";
import type { StageContext } from "./stage.ts";
import { trainLoop, type TrainLoopOptions } from "./train-loop.ts";

export interface TrainStepsOptions extends Omit<
  TrainLoopOptions<TrainingBatch>,
  "batches" | "images"
> {
  readonly entries: readonly DatasetImage[];
  readonly cropSize: number;
  /** Of a random crop; a whole image is never rescaled. */
  readonly scaleJitter?: readonly [number, number];
  readonly padding: Rgb;
  readonly framing?: Framing;
  readonly mask?: (entry: DatasetImage) => Promise<LabelMap>;
}

/**
 * Trains on random views of images to the end, from the last checkpoint where there is one.
 *
 * @throws {ValueRangeError} at the first loss that is no number
 */
export function trainSteps(
  context: StageContext,
  options: TrainStepsOptions,
): Promise<{ state: TrainingState; loss: number }> {
  const { config, dataset } = context;
  const { entries } = options;
  return trainLoop(context, {
    ...options,
    images: entries.length,
    batches: ({ epoch, startBatch }) =>
      trainingBatches(dataset, entries, {
        scaleJitter: [1, 1],
        ...options,
        seed: config.seed,
        epoch,
        startBatch,
      }),
  });
}
