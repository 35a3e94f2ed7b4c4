/** One line: `values[i]` was measured at `steps[i]`; steps ascend. */
export interface Series {
  readonly key: string;
  readonly label: string;
  readonly steps: readonly number[];
  readonly values: readonly (number | null)[];
  /** Which end is the best one, marked on the line. */
  readonly better?: "higher" | "lower";
}

/** All lines on one ascending step axis, gaps as undefined, the shape uPlot wants. */
export function alignSeries(
  series: readonly Series[],
): [steps: number[], ...values: (number | null | undefined)[][]] {
  const steps = [...new Set(series.flatMap((one) => one.steps))].toSorted((a, b) => a - b);
  const position = new Map(steps.map((step, index) => [step, index]));
  return [
    steps,
    ...series.map((one) => {
      const column = Array.from<number | null | undefined>({ length: steps.length });
      for (const [index, step] of one.steps.entries()) {
        const value = one.values[index];
        column[position.get(step)!] =
          value === null || value === undefined || !Number.isFinite(value) ? null : value;
      }
      return column;
    }),
  ];
}

export interface Extreme {
  readonly step: number;
  readonly value: number;
}

/** The best value by the series' direction, the earliest where several tie; null without a number. */
export function bestOf({ steps, values, better }: Series): Extreme | null {
  if (better === undefined) return null;
  let best: Extreme | null = null;
  for (const [index, value] of values.entries()) {
    if (value === null || !Number.isFinite(value)) continue;
    if (best === null || (better === "higher" ? value > best.value : value < best.value)) {
      best = { step: steps[index]!, value };
    }
  }
  return best;
}

/** The newest number of a series. */
export function lastOf({ steps, values }: Series): Extreme | null {
  const index = values.findLastIndex((value) => value !== null && Number.isFinite(value));
  return index < 0 ? null : { step: steps[index]!, value: values[index]! };
}

/** Exponential mean with the start corrected, as dashboards smooth a loss; gaps stay gaps. */
export function smooth(
  values: readonly (number | null | undefined)[],
  weight: number,
): (number | null | undefined)[] {
  let mean = 0;
  let mass = 0;
  return values.map((value) => {
    if (value === null || value === undefined) return value;
    mean = mean * weight + (1 - weight) * value;
    mass = mass * weight + (1 - weight);
    return mean / mass;
  });
}
