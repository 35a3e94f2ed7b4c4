import type { AffinityPlanesMeta, ProbeImage } from "@seedmask/core/contract";
import type { GridCell } from "@seedmask/ui/maps/types";
import { parseAsFloat, parseAsInteger, parseAsString, useQueryStates } from "nuqs";

export interface InspectorView {
  readonly image: ProbeImage;
  /** Null until one was chosen. */
  readonly cell: GridCell | null;
  readonly beta: number;
  /** t = 2^k steps; null shows the ties themselves. */
  readonly exponent: number | null;
  readonly chooseImage: (key: string) => void;
  readonly chooseCell: (cell: GridCell) => void;
  readonly setBeta: (beta: number) => void;
  readonly setExponent: (exponent: number | null) => void;
}

/** What is looked at, in the address; the run's own beta where nothing else is said. */
export function useInspectorView({ images, beta }: AffinityPlanesMeta): InspectorView {
  const [state, set] = useQueryStates(
    {
      image: parseAsString,
      row: parseAsInteger,
      column: parseAsInteger,
      beta: parseAsFloat.withDefault(beta),
      k: parseAsInteger,
    },
    { throttleMs: 100 },
  );
  const { row, column } = state;
  return {
    image: images.find(({ key }) => key === state.image) ?? images[0]!,
    cell: row === null || column === null ? null : { row, column },
    beta: Math.min(32, Math.max(1, state.beta)),
    exponent: state.k,
    chooseImage: (key) => void set({ image: key, row: null, column: null }),
    chooseCell: (cell) => void set({ ...cell }),
    setBeta: (next) => void set({ beta: next }),
    setExponent: (k) => void set({ k }),
  };
}
