/** A process that runs one stage it is sent and says how far it is: made to be killed. */
import type { StageRequest } from "@seedmask/core/contract";
import { runStage } from "@seedmask/core/pipeline";
import { activateBackend } from "@seedmask/core/tensor/backend";

process.on("disconnect", () => process.exit(1));
const backend = await activateBackend();

process.on("message", ({ request, home }: { request: StageRequest; home: string }) => {
  void runStage(request, {
    home,
    backend,
    // A checkpoint at every step: whatever the moment of death, there is something to go on from.
    checkpointSeconds: 0,
    threads: 1,
    signal: new AbortController().signal,
    emit: (event) => process.send?.({ type: event.type, event }),
  }).then(
    (result) => process.send?.({ type: "done", result }),
    (error: unknown) => process.send?.({ type: "failed", message: String(error) }),
  );
});
process.send?.({ type: "ready" });
