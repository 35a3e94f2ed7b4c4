import { SeedmaskError, type StageFailure } from "../contract/index.ts";

/** An error as plain data: what crosses from the compute child to the supervisor. */
export function toStageFailure(error: unknown): StageFailure {
  const stack = error instanceof Error ? (error.stack ?? null) : null;
  if (error instanceof SeedmaskError) {
    const { code, message, retryable } = error;
    return { code, message, retryable, stack };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: "unknown", message, retryable: false, stack };
}
