import type { Random } from "../../tensor/random.ts";

const CELLS = 64;

/** Smooth random values over the plane: position in cells → 0…1. */
export type Noise = (x: number, y: number) => number;

const ease = (t: number): number => t * t * (3 - 2 * t);

/** Value noise: random values on a lattice, eased between. Repeats every 64 cells. */
export function createNoise(random: Random): Noise {
  const lattice = Float32Array.from({ length: CELLS * CELLS }, () => random.uniform());
  const at = (x: number, y: number) => lattice[(y & (CELLS - 1)) * CELLS + (x & (CELLS - 1))]!;
  return (x, y) => {
    const left = Math.floor(x);
    const top = Math.floor(y);
    const u = ease(x - left);
    const v = ease(y - top);
    const upper = at(left, top) + (at(left + 1, top) - at(left, top)) * u;
    const lower = at(left, top + 1) + (at(left + 1, top + 1) - at(left, top + 1)) * u;
    return upper + (lower - upper) * v;
  };
}

/** Three octaves of noise, 0…1. */
export const layered =
  (noise: Noise): Noise =>
  (x, y) =>
    (noise(x, y) * 4 + noise(x * 2 + 17, y * 2 + 5) * 2 + noise(x * 4 + 31, y * 4 + 11)) / 7;
