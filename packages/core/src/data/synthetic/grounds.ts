import type { Rgb } from "../../contract/index.ts";
import type { Random } from "../../tensor/random.ts";
import { colourOf, mix, shade } from "./canvas.ts";
import type { Canvas } from "./canvas.ts";
import { createNoise, layered } from "./noise.ts";

/** A kind of ground: its colours, how its grain runs, and whom it attracts. */
export interface Ground {
  readonly name: string;
  readonly colours: readonly [Rgb, Rgb, Rgb];
  /** Cells of coarse noise across the picture, along x and y. */
  readonly grain: readonly [number, number];
  /** Share of fine bright and dark specks. */
  readonly specks: number;
  readonly animals: readonly string[];
}

const ground = (
  name: string,
  hexes: readonly [string, string, string],
  grain: readonly [number, number],
  specks: number,
  animals: readonly string[],
): Ground => ({
  name,
  colours: [colourOf(hexes[0]), colourOf(hexes[1]), colourOf(hexes[2])],
  grain,
  specks,
  animals,
});

export const GROUNDS: readonly Ground[] = [
  ground("meadow", ["6f9a4a", "8fb45c", "587f3d"], [7, 9], 0.16, ["pig"]),
  ground("pond", ["5c93a8", "7fb2bf", "4a7c93"], [3, 13], 0.03, ["frog", "duck"]),
  ground("sand", ["d8c08f", "e6d3a8", "c3a877"], [6, 12], 0.1, []),
  ground("leaves", ["b07a44", "c8935a", "8a5a35"], [11, 11], 0.2, ["fox"]),
  ground("snow", ["dfe6ec", "f2f5f7", "c6d2de"], [4, 6], 0.04, ["panda"]),
  ground("forest", ["4f6b4d", "66835c", "3c5440"], [9, 8], 0.18, ["koala", "panda"]),
  ground("slate", ["7f8890", "99a1a6", "68727c"], [8, 5], 0.08, []),
];

/** Fills the canvas with a ground, lit from one corner. */
export function drawGround(
  canvas: Canvas,
  { colours, grain, specks }: Ground,
  random: Random,
): void {
  const { size } = canvas;
  const coarse = layered(createNoise(random));
  const fine = createNoise(random);
  const [base, light, dark] = colours;
  const tint = 0.93 + 0.14 * random.uniform();
  const [slopeX, slopeY] = [random.uniform() - 0.5, random.uniform() - 0.5];
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const value = coarse((x / size) * grain[0], (y / size) * grain[1]);
      const mixed = mix(mix(dark, base, Math.min(1, value * 2)), light, Math.max(0, value * 2 - 1));
      const speck = fine((x / size) * 48, (y / size) * 48) - 0.5;
      const slope = 0.12 * (slopeX * (x / size - 0.5) + slopeY * (y / size - 0.5));
      const colour = shade(mixed, tint * (1 + speck * specks * 2 + slope));
      canvas.colours.set(colour, (y * size + x) * 3);
    }
  }
}
