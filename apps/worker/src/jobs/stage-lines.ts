import type { StageResult } from "@seedmask/core/contract";

const MEBIBYTE = 2 ** 20;

/** First line of a stage in its run's log. */
export const startLine = (attempt: number): string =>
  attempt > 1 ? `attempt ${attempt} started` : "started";

/** Last line of a stage in its run's log: what it took, and what came out of it. */
export function doneLine(result: StageResult): string {
  const { cached, seconds, peakMemoryBytes, backend, metrics, evaluations } = result;
  const memory = `${Math.round(peakMemoryBytes / MEBIBYTE)} MiB at most`;
  const spent = cached
    ? `reused the equal result that took ${seconds.toFixed(1)} s`
    : `done in ${seconds.toFixed(1)} s on ${backend.backend}, ${memory}`;
  const ious = evaluations.flatMap(({ policy, meanIou }) =>
    meanIou === null ? [] : [`mIoU ${(meanIou * 100).toFixed(1)} on ${policy.split}`],
  );
  const figures = Object.entries(metrics).map(
    ([name, value]) => `${name} ${Number(value.toPrecision(4))}`,
  );
  return [spent, ...ious, ...figures].join(" · ");
}
