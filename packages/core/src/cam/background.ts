import type { ScoreMaps } from "../contract/index.ts";

/**
 * `constant`: the same score everywhere (psa 0.2, irn 0.15, SEAM 0.26). `power`: (1 − max)^alpha, the
 * larger alpha, the more foreground (psa 4, 16, 32). `relative`: a share of the highest score of the
 * image, over all classes and pixels (irn 0.25 after its walk).
 */
export type BackgroundRule =
  | { readonly rule: "constant"; readonly threshold: number }
  | { readonly rule: "power"; readonly alpha: number }
  | { readonly rule: "relative"; readonly fraction: number };

/** [h, w]: the best score of any class. */
function highestScores({ height, width, data }: ScoreMaps): Float32Array {
  const highest = new Float32Array(height * width);
  data.forEach((score, at) => {
    const pixel = at % highest.length;
    if (score > highest[pixel]!) highest[pixel] = score;
  });
  return highest;
}

/**
 * Score of the background at every pixel.
 *
 * maps     [C', h, w]  0…1
 * returns  [h, w]      0…1
 *
 * Empty case: without present classes the background scores 1 under `power`, else its constant;
 * a seed is background either way.
 * @see Ahn & Kwak 2018, equation 2 (power); irn step/eval_cam.py (constant), make_sem_seg_labels.py (relative)
 */
export function backgroundScores(maps: ScoreMaps, background: BackgroundRule): Float32Array {
  switch (background.rule) {
    case "constant":
      return new Float32Array(maps.height * maps.width).fill(background.threshold);
    case "power":
      return highestScores(maps).map((score) => Math.max(0, 1 - score) ** background.alpha);
    case "relative": {
      const highest = highestScores(maps).reduce((best, score) => Math.max(best, score), 0);
      return new Float32Array(maps.height * maps.width).fill(background.fraction * highest);
    }
  }
}
