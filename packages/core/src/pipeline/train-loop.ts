import { batchesPerEpoch } from "../data/batches.ts";
import { ValueRangeError } from "../contract/index.ts";
import type { StateDict } from "../tensor/state-dict.ts";
import {
  decodeTrainingState,
  disposeTrainingState,
  encodeTrainingState,
  type TrainingState,
} from "../tensor/training.ts";
import type { Parameter } from "../tensor/weights.ts";
import { startProgress } from "./progress.ts";
import type { StageContext } from "./stage.ts";

/** What a training keeps beside weights and optimiser, saved in the same file at the same moment. */
export interface TrainingCompanion {
  /** Arrays whose names no parameter has. */
  encode(): StateDict;
  /** @throws {ArtifactError} when the arrays belong to another run */
  restore(saved: StateDict): void;
}

/** Two companions saved and restored as one. */
export const joinCompanions = (
  one: TrainingCompanion,
  other: TrainingCompanion,
): TrainingCompanion => ({
  encode: () => new Map([...one.encode(), ...other.encode()]),
  restore(saved) {
    one.restore(saved);
    other.restore(saved);
  },
});

/** One training among those of a stage. */
export interface TrainingPhase {
  /** Names it in checkpoints and curves; the empty name is the stage's only one. */
  readonly name: string;
  /** Steps of the stage's phases before and after this one: one bar for all of them. */
  readonly stepsBefore: number;
  readonly stepsAfter: number;
}

export const ONLY_PHASE: TrainingPhase = { name: "", stepsBefore: 0, stepsAfter: 0 };

export interface TrainLoopOptions<Batch> {
  readonly parameters: readonly Parameter[];
  readonly images: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly phase?: TrainingPhase;
  readonly companion?: TrainingCompanion;
  batches(at: { readonly epoch: number; readonly startBatch: number }): AsyncIterable<Batch>;
  /** The state before the first step. */
  start(): Promise<TrainingState>;
  /** Takes a state, disposes what it replaces, gives the next. */
  step(
    state: TrainingState,
    batch: Batch,
    at: { readonly totalSteps: number; readonly epoch: number },
  ): Promise<StepOutcome>;
}

interface StepOutcome {
  readonly state: TrainingState;
  readonly loss: number;
  /** Terms of the loss: each gets a curve. */
  readonly terms?: Readonly<Record<string, number>>;
}

/** Curves keep at most about so many points. */
const MOST_POINTS = 2000;

async function resume<Batch>(
  { checkpoint, emit }: StageContext,
  { parameters, start, phase = ONLY_PHASE, companion }: TrainLoopOptions<Batch>,
): Promise<{ state: TrainingState; loss: number }> {
  const saved = await checkpoint.load();
  if (saved === null || (saved.progress["phase"] ?? "") !== phase.name) {
    return { state: await start(), loss: 0 };
  }
  companion?.restore(saved.tensors);
  const state = decodeTrainingState(parameters, saved.tensors);
  emit({ type: "log", level: "info", message: `goes on from step ${state.step}` });
  return { state, loss: Number(saved.progress["loss"]) };
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
export async function trainLoop<Batch>(
  context: StageContext,
  options: TrainLoopOptions<Batch>,
): Promise<{ state: TrainingState; loss: number }> {
  const { checkpoint, emit, stage } = context;
  const { images, epochs, batchSize, parameters, phase = ONLY_PHASE, companion } = options;
  const perEpoch = batchesPerEpoch(images, batchSize);
  const totalSteps = perEpoch * epochs;
  let { state, loss } = await resume(context, options);
  const { stepsBefore, stepsAfter } = phase;
  const progress = startProgress(context, {
    total: stepsBefore + totalSteps + stepsAfter,
    unit: "step",
    from: stepsBefore + state.step,
  });
  const pointEvery = Math.ceil(totalSteps / MOST_POINTS);
  const curve = phase.name === "" ? "loss" : `${phase.name}-loss`;
  const save = async (): Promise<void> => {
    const tensors = new Map([
      ...(await encodeTrainingState(parameters, state)),
      ...(companion?.encode() ?? []),
    ]);
    const where = { step: String(state.step), phase: phase.name, loss: String(loss) };
    await checkpoint.save(tensors, where);
  };
  try {
    while (state.step < totalSteps) {
      const epoch = Math.floor(state.step / perEpoch);
      const batches = options.batches({ epoch, startBatch: state.step % perEpoch });
      for await (const batch of batches) {
        const outcome = await options.step(state, batch, { totalSteps, epoch });
        ({ state, loss } = outcome);
        requireLoss(stage, state.step, loss);
        if (state.step % pointEvery === 0 || state.step === totalSteps) {
          emit({ type: "metric", name: curve, step: state.step, value: loss });
          for (const [name, value] of Object.entries(outcome.terms ?? {})) {
            emit({ type: "metric", name, step: state.step, value });
          }
        }
        if (checkpoint.due() || state.step === totalSteps) await save();
        await progress.reach(stepsBefore + state.step);
      }
    }
    return { state, loss };
  } catch (error) {
    disposeTrainingState(state);
    throw error;
  }
}
