/** The compute child: makes its backend, then runs the stages it is given. It knows no database. */
import {
  computeRequestSchema,
  type ComputeReply,
  type StageRequest,
} from "@seedmask/core/contract";
import { runStage, toStageFailure } from "@seedmask/core/pipeline";
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

process.on("message", (message) => {
  const request = computeRequestSchema.parse(message);
  if (request.type === "cancel") running?.abort();
  else void compute(request.request);
});
reply({ type: "ready", backend });
