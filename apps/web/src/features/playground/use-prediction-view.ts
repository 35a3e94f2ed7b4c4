import type { PredictionMeta } from "@seedmask/core/contract";
import { parseAsFloat, parseAsInteger, parseAsStringLiteral, useQueryStates } from "nuqs";

const LAYERS = ["mask", "cam", "seed", "image"] as const;
export type Layer = (typeof LAYERS)[number];

export interface PredictionView {
  readonly layer: Layer;
  /** Layers that the run's networks give. */
  readonly offered: readonly Layer[];
  /** Class whose map is shown. */
  readonly heatClass: number;
  /** Background score of the seed, 0…1. */
  readonly threshold: number;
  /** Pixels of the mask that are less sure are not shown, 0…1. */
  readonly least: number;
}

export interface PredictionActions {
  readonly chooseLayer: (layer: Layer) => void;
  readonly chooseClass: (classIndex: number) => void;
  readonly setThreshold: (threshold: number) => void;
  readonly setLeast: (least: number) => void;
}

const unit = (value: number): number => Math.min(1, Math.max(0, value));

/** What is looked at, in the address: the mask where there is one, and the likeliest class. */
export function usePredictionView({
  hasMask,
  scores,
}: Pick<PredictionMeta, "hasMask" | "scores">): PredictionView & PredictionActions {
  const [state, set] = useQueryStates(
    {
      layer: parseAsStringLiteral(LAYERS),
      class: parseAsInteger,
      t: parseAsFloat.withDefault(0.3),
      sure: parseAsFloat.withDefault(0),
    },
    { throttleMs: 100 },
  );
  const offered = LAYERS.filter(
    (layer) => layer === "image" || (layer === "mask" ? hasMask : scores !== null),
  );
  const likeliest = scores === null ? 0 : scores.indexOf(Math.max(...scores));
  const known = state.class !== null && scores?.[state.class] !== undefined;
  return {
    layer: offered.find((layer) => layer === state.layer) ?? offered[0]!,
    offered,
    heatClass: known ? state.class! : likeliest,
    threshold: unit(state.t),
    least: unit(state.sure),
    chooseLayer: (layer) => void set({ layer }),
    chooseClass: (index) => void set({ class: index, layer: "cam" }),
    setThreshold: (t) => void set({ t }),
    setLeast: (sure) => void set({ sure }),
  };
}
