interface Trial {
  readonly point: number;
  readonly run: {
    readonly id: string;
    readonly meanIou: number | null;
    readonly finishedAt: Date | null;
  } | null;
}

export interface BestSoFar {
  /** 1, 2, … in the order the runs ended. */
  readonly steps: number[];
  readonly values: number[];
  readonly best: number[];
}

/** What each run that was scored reached, and the best until then, in the order they ended. */
export function bestSoFar(trials: readonly Trial[]): BestSoFar {
  const ended = trials
    .flatMap(({ run }) => (run?.meanIou != null ? [{ ...run, meanIou: run.meanIou }] : []))
    .toSorted(
      (left, right) =>
        (left.finishedAt?.getTime() ?? Infinity) - (right.finishedAt?.getTime() ?? Infinity),
    );
  const values = ended.map(({ meanIou }) => meanIou);
  return {
    steps: values.map((_, at) => at + 1),
    values,
    best: values.map((_, at) => Math.max(...values.slice(0, at + 1))),
  };
}

/** The trial whose run scored highest; null before any was scored. */
export function bestTrial<T extends Trial>(trials: readonly T[]): T | null {
  const scored = trials.filter(({ run }) => run?.meanIou != null);
  return scored.toSorted((left, right) => right.run!.meanIou! - left.run!.meanIou!)[0] ?? null;
}
