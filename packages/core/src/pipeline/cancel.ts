import { setImmediate } from "node:timers/promises";
import { CancelledError } from "../contract/index.ts";

/** @throws {CancelledError} once the signal has fired */
export function stopIfCancelled(signal: AbortSignal, where: string): void {
  if (signal.aborted) {
    throw new CancelledError(`${where}: cancelled. Its checkpoint is kept.`, {
      cause: signal.reason,
    });
  }
}

/** Lets waiting messages in (a cancellation is one), then stops where there was one. */
export async function breathe(signal: AbortSignal, where: string): Promise<void> {
  await setImmediate();
  stopIfCancelled(signal, where);
}
