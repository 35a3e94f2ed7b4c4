import { setTimeout as sleep } from "node:timers/promises";
import { SeedmaskError } from "@seedmask/core/contract";

const FIRST_MILLISECONDS = 200;
const LONGEST_MILLISECONDS = 5000;

/** Whether the database itself said no, as against not being there. */
const isAnswer = (error: unknown): boolean => error instanceof SeedmaskError && !error.retryable;

/**
 * Repeats a verb while the database cannot be reached, so that a stage's result outlives a restart of
 * PostgreSQL. What the database refuses is thrown at once.
 */
export async function persist<Result>(
  verb: () => Promise<Result>,
  { seconds = 120, onRetry }: { seconds?: number; onRetry: (error: unknown) => void },
): Promise<Result> {
  const limit = performance.now() + seconds * 1000;
  let pause = FIRST_MILLISECONDS;
  for (;;) {
    try {
      return await verb();
    } catch (error) {
      if (isAnswer(error) || performance.now() > limit) throw error;
      onRetry(error);
      await sleep(pause);
      pause = Math.min(2 * pause, LONGEST_MILLISECONDS);
    }
  }
}
