import { parentPort } from "node:worker_threads";
import { BackendError } from "../contract/index.ts";
import { faultOf, type JobRequest, type JobResponse, type JobTable } from "./protocol.ts";

/** Buffers of typed arrays found in plain data: they move to the other thread instead of being copied. */
export function transferablesOf(value: unknown, found = new Set<ArrayBuffer>()): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) {
    const { buffer } = value;
    // A view of a part would take its neighbours along.
    const whole = value.byteLength === buffer.byteLength;
    if (buffer instanceof ArrayBuffer && whole) found.add(buffer);
  } else if (typeof value === "object" && value !== null) {
    for (const part of Object.values(value)) transferablesOf(part, found);
  }
  return [...found];
}

/**
 * Makes the current thread a worker of a compute pool: call it once, at the end of the worker's file.
 * Typed arrays in a job's output are moved, not copied; a job must not keep them.
 */
export function serveJobs(jobs: JobTable): void {
  const port = parentPort;
  if (port === null) {
    throw new BackendError("compute-pool: expected a worker thread, got the main one.");
  }
  const answer = async ({ id, job, input }: JobRequest): Promise<void> => {
    try {
      const run = jobs[job];
      if (run === undefined) {
        const known = Object.keys(jobs).join(", ");
        throw new BackendError(`compute-pool: expected one of ${known}, got job ${job}.`);
      }
      const output: unknown = await run(input as never);
      const response: JobResponse = { id, ok: true, output };
      port.postMessage(response, transferablesOf(output));
    } catch (error) {
      const response: JobResponse = { id, ok: false, error: faultOf(error) };
      port.postMessage(response);
    }
  };
  port.on("message", (request: JobRequest) => void answer(request));
}
