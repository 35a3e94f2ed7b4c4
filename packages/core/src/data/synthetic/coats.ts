import type { Rgb } from "../../contract/index.ts";
import type { Random } from "../../tensor/random.ts";
import { colourOf, mix, shade } from "./canvas.ts";

/** Colour of a knitted coat at a local position (coat units: one animal is one unit long). */
export type Coat = (x: number, y: number) => Rgb;

/**
 * One wardrobe for all animals, and for the cushions that lie about: a coat says nothing about who
 * wears it.
 */
const WARDROBE: readonly Rgb[] = [
  "b5523f",
  "4c6c99",
  "c99a45",
  "4f8a76",
  "87608f",
  "9a8a78",
  "c27f8e",
  "5d7f9b",
].map(colourOf);

type Pattern = (x: number, y: number) => number;

const wave = (position: number): number => 0.5 + 0.5 * Math.sin(position * 2 * Math.PI);

/** 0 = the coat's colour, 1 = its second tone. */
const PATTERNS: readonly Pattern[] = [
  (x) => (wave(x * 9) > 0.55 ? 1 : 0),
  (_, y) => (wave(y * 9) > 0.55 ? 1 : 0),
  (x, y) => (wave(x * 7) > 0.5 === wave(y * 7) > 0.5 ? 1 : 0),
  (x, y) => (wave(x * 8) * wave(y * 8) > 0.55 ? 1 : 0),
  (x, y) => (wave(y * 8 + Math.abs(((x * 6) % 1) - 0.5)) > 0.6 ? 1 : 0),
  () => 0,
];

const KNIT = 26;

/** How many coats hang in the wardrobe; `coatNumber` below counts them. */
export const COATS = WARDROBE.length;

export function createCoat(coatNumber: number, random: Random): Coat {
  const dye = WARDROBE[coatNumber % COATS]!;
  const colour = shade(dye, 0.92 + 0.16 * random.uniform());
  // Tone on tone: the pattern is seen, the coat stays one thing.
  const second = mix(colour, random.uniform() < 0.5 ? [255, 245, 230] : [30, 25, 40], 0.17);
  const pattern = PATTERNS[random.integer(PATTERNS.length)]!;
  const shift = random.uniform();
  return (x, y) => {
    const tone = mix(colour, second, pattern(x + shift + 8, y + shift + 8));
    const stitch = 0.965 + 0.07 * wave(x * KNIT + 0.25 * Math.sin(y * KNIT * 6)) * wave(y * KNIT);
    return shade(tone, stitch);
  };
}
