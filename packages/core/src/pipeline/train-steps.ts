import type { TrainingBatch } from "../data/batches.ts";
import { batchesPerEpoch, trainingBatches } from "../data/batches.ts";
import type { DatasetImage, LabelMap, Rgb } from "../contract/index.ts";
import { ValueRangeError } from "../contract/index.ts";
import type { StateDict } from "../tensor/state-dict.ts";
import type { Parameter } from "../tensor/weights.ts";
import {
  decodeTrainingState,
  disposeTrainingState,
  encodeTrainingState,
  type TrainingState,
} from "../tensor/training.ts";
import { startProgress } from "./progress.ts";
import type { StageContext } from "./stage.ts";

export interface TrainStepsOptions {
  readonly entries: readonly DatasetImage[];
  readonly parameters: readonly Parameter[];
  readonly epochs: number;
  readonly batchSize: number;
  readonly cropSize: number;
  readonly scaleJitter: readonly [number, number];
  readonly padding: Rgb;
  readonly mask?: (entry: DatasetImage) => Promise<LabelMap>;
  /** The state before the first step. */
  start(): Promise<TrainingState>;
  /** Takes a state, disposes what it replaces, gives the next. */
  step(
    state: TrainingState,
    batch: TrainingBatch,
    totalSteps: number,
  ): Promise<{ state: TrainingState; loss: number }>;
}

/** Curves keep at most about so many points. */
const MOST_POINTS = 2000;

async function resume(
  { checkpoint, emit }: StageContext,
  { parameters, start }: TrainStepsOptions,
): Promise<TrainingState> {
  const saved = await checkpoint.load();
  if (saved === null) return start();
  const state = decodeTrainingState(parameters, saved.tensors);
  emit({ type: "log", level: "info", message: `goes on from step ${state.step}` });
  return state;
}

function requireLoss(stage: string, step: number, loss: number): void {
  if (Number.isFinite(loss)) return;
  throw new ValueRangeError(
    `${stage}: expected a finite loss, got ${loss} at step ${step}. Lower the learning rate.`,
  );
}

/**
 * Trains to the end, from the last checkpoint where there is one. What a step sees depends on seed and
 * step alone, so a run that was killed ends with the same numbers as one that was not.
 *
 * @throws {ValueRangeError} at the first loss that is no number
 */
export async function trainSteps(
  context: StageContext,
  options: TrainStepsOptions,
): Promise<{ state: TrainingState; loss: number }> {
  const { config, dataset, checkpoint, emit, stage } = context;
  const { entries, epochs, batchSize, parameters } = options;
  const perEpoch = batchesPerEpoch(entries.length, batchSize);
  const total = perEpoch * epochs;
  let state = await resume(context, options);
  let loss = 0;
  const progress = startProgress(context, { total, unit: "step", from: state.step });
  const pointEvery = Math.ceil(total / MOST_POINTS);
  const save = async (): Promise<void> => {
    const tensors: StateDict = await encodeTrainingState(parameters, state);
    await checkpoint.save(tensors, { step: String(state.step) });
  };
  try {
    while (state.step < total) {
      const epoch = Math.floor(state.step / perEpoch);
      const batches = trainingBatches(dataset, entries, {
        ...options,
        seed: config.seed,
        epoch,
        startBatch: state.step % perEpoch,
      });
      for await (const batch of batches) {
        ({ state, loss } = await options.step(state, batch, total));
        requireLoss(stage, state.step, loss);
        if (state.step % pointEvery === 0 || state.step === total) {
          emit({ type: "metric", name: "loss", step: state.step, value: loss });
        }
        if (checkpoint.due() || state.step === total) await save();
        await progress.reach(state.step);
      }
    }
    return { state, loss };
  } catch (error) {
    disposeTrainingState(state);
    throw error;
  }
}
