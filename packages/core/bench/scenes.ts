import type { RgbImage, ScoreMaps } from "../src/contract/index.ts";

/** Three sizes of the same work: a test's, a small photo's, a VOC photo's. */
export const SIZES = [
  { height: 96, width: 128 },
  { height: 188, width: 250 },
  { height: 375, width: 500 },
] as const;

/** A picture of soft shapes and fine texture: as many lattice vertices as a photo of its size. */
export function sceneOf({ height, width }: { height: number; width: number }): RgbImage {
  const data = new Uint8Array(height * width * 3);
  for (let at = 0; at < data.length; at += 1) {
    const x = (Math.floor(at / 3) % width) / width;
    const y = Math.floor(at / 3 / width) / height;
    const shape = Math.sin(7 * x + (at % 3)) * Math.cos(5 * y) > 0.2 ? 80 : 0;
    data[at] = 60 + shape + 50 * Math.sin(9 * x * y + (at % 3)) + ((at * 2_654_435_761) % 17);
  }
  return { height, width, data };
}

/** Two classes whose scores peak in different parts. */
export function scoresOf({ height, width }: { height: number; width: number }): ScoreMaps {
  const pixels = height * width;
  const data = Float32Array.from({ length: 2 * pixels }, (_, at) => {
    const x = (at % width) / width;
    const y = (Math.floor(at / width) % height) / height;
    const centre = at < pixels ? 0.3 : 0.7;
    return Math.exp(-12 * ((x - centre) ** 2 + (y - 0.5) ** 2));
  });
  return { height, width, classes: Int32Array.of(0, 4), data };
}
