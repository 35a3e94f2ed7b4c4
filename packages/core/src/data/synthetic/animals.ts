import type { Rgb } from "../../contract/index.ts";
import { colourOf } from "./canvas.ts";
import { ellipse, triangle } from "./shapes.ts";
import type { Shape } from "./shapes.ts";

/** One flat piece of a head; units of the head's radius. */
export interface Mark {
  readonly shape: Shape;
  readonly colour: Rgb;
}

/** A class: its name and its head. The body below is the same for all. */
export interface Animal {
  readonly name: string;
  /** Drawn in this order; the outline is the union of the first `outline` pieces. */
  readonly head: readonly Mark[];
  readonly outline: number;
  /** Class name of who is often near. */
  readonly companion: string;
}

const mark = (shape: Shape, hex: string): Mark => ({ shape, colour: colourOf(hex) });

const INK = "231f26";
const eyes = (y: number, apart = 0.36, radius = 0.13): Mark[] =>
  [-apart, apart].map((x) => mark(ellipse(x, y, radius, radius * 1.2), INK));

const pair = (make: (side: 1 | -1) => Shape, hex: string): Mark[] =>
  ([-1, 1] as const).map((side) => mark(make(side), hex));

/** Corners in clockwise order for either side. */
const ear = (
  side: 1 | -1,
  [outer, inner, tip]: readonly [number, number, number],
  base: number,
  top: number,
) =>
  side === 1
    ? triangle([inner, base], [tip, top], [outer, base + 0.35])
    : triangle([-outer, base + 0.35], [-tip, top], [-inner, base]);

export const ANIMALS: readonly Animal[] = [
  {
    name: "fox",
    companion: "koala",
    outline: 3,
    head: [
      ...pair((side) => ear(side, [0.98, 0.12, 0.82], -0.62, -1.5), "e0702a"),
      mark(ellipse(0, 0, 1.04, 0.96), "e8792f"),
      ...pair((side) => ellipse(0.5 * side, 0.38, 0.5, 0.42), "fff4e6"),
      mark(ellipse(0, 0.42, 0.14, 0.12), INK),
      ...eyes(-0.1),
    ],
  },
  {
    name: "panda",
    companion: "pig",
    outline: 3,
    head: [
      ...pair((side) => ellipse(0.76 * side, -0.74, 0.42), INK),
      mark(ellipse(0, 0, 1.06, 0.98), "fbfaf6"),
      ...pair((side) => ellipse(0.42 * side, -0.05, 0.3, 0.36), INK),
      ...pair((side) => ellipse(0.4 * side, -0.08, 0.1), "ffffff"),
      mark(ellipse(0, 0.42, 0.18, 0.12), INK),
    ],
  },
  {
    name: "frog",
    companion: "duck",
    outline: 3,
    head: [
      ...pair((side) => ellipse(0.56 * side, -0.72, 0.46), "58b947"),
      mark(ellipse(0, 0.06, 1.16, 0.9), "66c653"),
      ...pair((side) => ellipse(0.56 * side, -0.76, 0.3), "fdfdf2"),
      ...pair((side) => ellipse(0.52 * side, -0.74, 0.15), INK),
      mark(ellipse(0, 0.42, 0.72, 0.09), "2f6b2b"),
    ],
  },
  {
    name: "pig",
    companion: "panda",
    outline: 3,
    head: [
      ...pair((side) => ear(side, [1.0, 0.25, 0.9], -0.6, -1.22), "ee8fa6"),
      mark(ellipse(0, 0, 1.06, 0.98), "f7b0c0"),
      mark(ellipse(0, 0.3, 0.46, 0.34), "ee8fa6"),
      ...pair((side) => ellipse(0.17 * side, 0.3, 0.09, 0.14), "a04a63"),
      ...eyes(-0.24, 0.42, 0.12),
    ],
  },
  {
    name: "koala",
    companion: "fox",
    outline: 3,
    head: [
      ...pair((side) => ellipse(0.98 * side, -0.5, 0.56), "8795a6"),
      mark(ellipse(0, 0, 1.02, 0.98), "9aa8b8"),
      ...pair((side) => ellipse(1.0 * side, -0.46, 0.3), "e6c3c9"),
      mark(ellipse(0, 0.16, 0.26, 0.4), INK),
      ...eyes(-0.14, 0.5, 0.12),
    ],
  },
  {
    name: "duck",
    companion: "frog",
    outline: 2,
    head: [
      mark(ellipse(0.05, -1.02, 0.22, 0.3), "f2cf3a"),
      mark(ellipse(0, 0, 1.02, 1.0), "f9dc4a"),
      mark(ellipse(0, 0.38, 0.6, 0.26), "ee7f2d"),
      mark(ellipse(0, 0.42, 0.52, 0.05), "b65518"),
      ...eyes(-0.16, 0.4, 0.13),
    ],
  },
];
