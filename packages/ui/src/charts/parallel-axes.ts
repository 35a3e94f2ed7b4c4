export type AxisValue = number | string | boolean | null;

export interface AxisTick {
  readonly label: string;
  /** 0 = bottom, 1 = top. */
  readonly at: number;
}

export interface AxisScale {
  readonly ticks: readonly AxisTick[];
  /** Where a value stands, 0…1; null for one that is not there. */
  readonly place: (value: AxisValue | undefined) => number | null;
}

/** Ends this many times apart are shown by their logarithm. */
const WIDE = 50;
/** Names on an axis at most; a longer list shows its ends. */
const MOST_NAMES = 6;

/** Numbers by size, words evenly in the order they came; one single value stands in the middle. */
export function axisScale(
  values: readonly AxisValue[],
  format: (value: number) => string,
): AxisScale {
  const known = values.filter((value) => value !== null && value !== undefined);
  if (known.length > 0 && known.every((value) => typeof value === "number")) {
    return numberScale(known, format);
  }
  const words = [...new Set(values.map((value) => value ?? "none"))];
  const at = (index: number): number => (words.length === 1 ? 0.5 : index / (words.length - 1));
  const ticks = words.map((word, index) => ({ label: String(word), at: at(index) }));
  return {
    ticks: ticks.length <= MOST_NAMES ? ticks : [ticks[0]!, ticks.at(-1)!],
    place: (value) => {
      const index = value === undefined ? -1 : words.indexOf(value ?? "none");
      return index < 0 ? null : at(index);
    },
  };
}

function numberScale(values: readonly number[], format: (value: number) => string): AxisScale {
  const [min, max] = [Math.min(...values), Math.max(...values)];
  const log = min > 0 && max / min >= WIDE;
  const size = log ? Math.log : (value: number): number => value;
  const distinct = [...new Set(values)].toSorted((left, right) => left - right);
  const place = (value: AxisValue | undefined): number | null => {
    if (typeof value !== "number" || !Number.isFinite(value)) return null;
    return min === max ? 0.5 : (size(value) - size(min)) / (size(max) - size(min));
  };
  const shown = distinct.length <= MOST_NAMES ? distinct : [min, max];
  return { ticks: shown.map((value) => ({ label: format(value), at: place(value)! })), place };
}
