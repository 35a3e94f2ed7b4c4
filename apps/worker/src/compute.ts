/** The compute child: makes its backend, then runs the stages it is given. It knows no database. */
import {
  computeRequestSchema,
  type ComputeReply,
  type PredictionRequest,
  type StageRequest,
} from "@seedmask/core/contract";
import {
  createArtifactStore,
  keepPrediction,
  runStage,
  toStageFailure,
} from "@seedmask/core/pipeline";
import { activateBackend } from "@seedmask/core/tensor/backend";
import { env } from "./env.ts";

const reply = (message: ComputeReply): void => {
  process.send?.(message);
};

// Without its supervisor nobody holds the lease any more: stop at once.
process.on("disconnect", () => process.exit(1));

const backend = await activateBackend({ backend: env.backend });
let running: AbortController | null = null;

async function compute(request: StageRequest): Promise<void> {
  running = new AbortController();
  try {
    const result = await runStage(request, {
      home: env.home,
      backend,
      checkpointSeconds: env.checkpointSeconds,
      signal: running.signal,
      emit: (event) => reply({ type: "progress", event }),
    });
    reply({ type: "done", result });
  } catch (error) {
    reply({ type: "failed", failure: toStageFailure(error) });
  } finally {
    running = null;
  }
}

async function predict(request: PredictionRequest): Promise<void> {
  try {
    const { home } = env;
    const artifact = await keepPrediction(request, { home, store: createArtifactStore({ home }) });
    reply({ type: "predicted", artifact });
  } catch (error) {
    reply({ type: "failed", failure: toStageFailure(error) });
  }
}

process.on("message", (message) => {
  const request = computeRequestSchema.parse(message);
  if (request.type === "cancel") running?.abort();
  else if (request.type === "predict") void predict(request.request);
  else void compute(request.request);
});
reply({ type: "ready", backend });
