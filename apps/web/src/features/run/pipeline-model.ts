import type { StageName } from "@seedmask/core/contract";

interface TimedStage {
  readonly stage: StageName;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

export interface TimeSpan {
  /** Share of the whole, 0…1, where it begins and how long it is. */
  readonly start: number;
  readonly length: number;
}

/** When each stage ran, as shares of the time from the first start to the last end. */
export function timeSpans(
  stages: readonly TimedStage[],
  now: number | null,
): { spans: Map<StageName, TimeSpan>; total: number } {
  const timed = stages.flatMap(({ stage, startedAt, finishedAt }) => {
    if (startedAt === null) return [];
    const begin = startedAt.getTime();
    return [{ stage, begin, end: Math.max(begin, finishedAt?.getTime() ?? now ?? begin) }];
  });
  const first = Math.min(...timed.map(({ begin }) => begin));
  const total = Math.max(0, ...timed.map(({ end }) => end - first));
  const share = (milliseconds: number): number => (total === 0 ? 0 : milliseconds / total);
  const spans = new Map(
    timed.map(({ stage, begin, end }) => [
      stage,
      { start: share(begin - first), length: share(end - begin) },
    ]),
  );
  return { spans, total: total / 1000 };
}
