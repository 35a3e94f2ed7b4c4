import { disposeTrainingState, type TrainingState } from "../../tensor/training.ts";
import type { Weights } from "../../tensor/weights.ts";

/** The weights out of a training state that is then used up. */
export function takeWeights(state: TrainingState): Weights {
  const weights = new Map([...state.weights].map(([name, tensor]) => [name, tensor.clone()]));
  disposeTrainingState(state);
  return weights;
}
