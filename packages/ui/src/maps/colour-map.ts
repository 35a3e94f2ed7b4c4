import type { Rgb } from "./types.ts";

/** `viridis` is even in lightness; `turbo` looks like the papers; `jet` is for comparison only. */
export const COLOUR_MAPS = ["viridis", "turbo", "jet"] as const;
export type ColourMapName = (typeof COLOUR_MAPS)[number];
/**
 * Also what nobody chooses: `difference` runs from blue over white to orange, its middle is no change;
 * `increment` is what came new, laid over a map of the above.
 */
export type ColourScaleName = ColourMapName | "difference" | "increment";

/** Lighter than the end of a difference: it lies over viridis. */
const ADDED: Rgb = [240, 121, 24];

type Polynomial = readonly number[];
const evaluate = (coefficients: Polynomial, t: number): number =>
  coefficients.reduceRight((sum, coefficient) => sum * t + coefficient, 0);

/** Fits of degree 6, largest error 0.008. @see Zucker 2020, shadertoy WlfXRN */
const viridis: readonly Polynomial[] = [
  [0.2777273272, 0.1050930431, -0.3308618287, -4.634230499, 6.22826994, 4.776384998, -5.435455856],
  [0.0054073445, 1.404613529, 0.2148475595, -5.799100973, 14.17993337, -13.74514538, 4.645852612],
  [0.3340998053, 1.384590163, 0.095095163, -19.33244096, 56.6905526, -65.35303263, 26.3124352],
];

/** Fits of degree 5. @see Mikhailov 2019, Turbo, an improved rainbow colormap */
const turbo: readonly Polynomial[] = [
  [0.13572138, 4.6153926, -42.66032258, 132.13108234, -152.94239396, 59.28637943],
  [0.09140261, 2.19418839, 4.84296658, -14.18503333, 4.27729857, 2.82956604],
  [0.1066733, 12.64194608, -60.58204836, 110.36276771, -89.90310912, 27.34824973],
];

const channelsAt = (name: ColourMapName, t: number): readonly number[] => {
  if (name === "viridis") return viridis.map((fit) => evaluate(fit, t));
  if (name === "turbo") return turbo.map((fit) => evaluate(fit, t));
  return [3, 2, 1].map((peak) => 1.5 - Math.abs(4 * t - peak));
};

/** Colour of a value, 0…1. */
export function colourAt(name: ColourScaleName, value: number): Rgb {
  const t = Math.min(1, Math.max(0, value));
  if (name === "difference") return divergingColour(2 * t - 1);
  if (name === "increment") return ADDED;
  const [red, green, blue] = channelsAt(name, t).map((channel) =>
    Math.round(255 * Math.min(1, Math.max(0, channel))),
  ) as [number, number, number];
  return [red, green, blue];
}

const [LOST, EVEN, GAINED]: readonly Rgb[] = [
  [21, 87, 192],
  [244, 244, 242],
  [181, 77, 0],
];

/** Blue below zero, orange above, pale at it; −1…1, what lies beyond takes the end. Never red on green. */
export function divergingColour(value: number): Rgb {
  const share = Math.min(1, Math.abs(value));
  const end = value < 0 ? LOST! : GAINED!;
  const mix = (channel: 0 | 1 | 2): number =>
    Math.round(EVEN![channel] + (end[channel] - EVEN![channel]) * share);
  return [mix(0), mix(1), mix(2)];
}

const tables = new Map<ColourScaleName, readonly Rgb[]>();

/** 256 colours from value 0 to value 1. */
export function colourTable(name: ColourScaleName): readonly Rgb[] {
  const known = tables.get(name);
  if (known !== undefined) return known;
  const table = Array.from({ length: 256 }, (_, index) => colourAt(name, index / 255));
  tables.set(name, table);
  return table;
}

/** CSS gradient of a colour map, for a colour bar. */
export const colourGradient = (name: ColourScaleName): string =>
  `linear-gradient(to right, ${Array.from({ length: 17 }, (_, index) => {
    const [red, green, blue] = colourAt(name, index / 16);
    return `rgb(${red} ${green} ${blue})`;
  }).join(", ")})`;
