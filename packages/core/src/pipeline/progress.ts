import type { StageContext } from "./stage.ts";

/** Shortest time between two progress events. */
const LEAST_SECONDS = 0.25;
/** Throughput is that of the last seconds, not of the whole stage. */
const WINDOW_SECONDS = 10;
/** Before so much time has gone by, a throughput would jump about. */
const STABLE_SECONDS = 1;

export interface Progress {
  /** Says how far the stage is, lets messages through, and stops where the run was cancelled. */
  reach(done: number): Promise<void>;
}

/** Counts steps or images; `from` of them were done before this process began. */
export function startProgress(
  context: Pick<StageContext, "emit" | "breathe">,
  { total, unit, from = 0 }: { total: number; unit: "step" | "image"; from?: number },
): Progress {
  const marks: Array<{ at: number; done: number }> = [{ at: performance.now() / 1000, done: from }];
  let saidAt = -Infinity;
  return {
    async reach(done) {
      const now = performance.now() / 1000;
      while (marks.length > 1 && now - marks[1]!.at > WINDOW_SECONDS) marks.shift();
      const [oldest] = marks;
      const elapsed = now - oldest!.at;
      const speed = (done - oldest!.done) / elapsed;
      if (now - saidAt >= LEAST_SECONDS || done === total) {
        saidAt = now;
        marks.push({ at: now, done });
        const throughput = elapsed >= STABLE_SECONDS && speed > 0 ? speed : null;
        const etaSeconds = throughput === null ? null : (total - done) / throughput;
        context.emit({
          type: "progress",
          done,
          total: Math.max(total, 1),
          unit,
          throughput,
          etaSeconds,
        });
      }
      await context.breathe();
    },
  };
}
