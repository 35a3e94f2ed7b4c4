import type { ScoreMaps } from "../contract/index.ts";

/** Keeps a class whose map is zero everywhere at zero. Literal of psa, irn and SEAM. */
const EPSILON = 1e-5;

function extremes(values: Float32Array): { lowest: number; highest: number } {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  return { lowest, highest };
}

function mapClasses(
  maps: ScoreMaps,
  normalise: (values: Float32Array, result: Float32Array) => void,
): ScoreMaps {
  const pixels = maps.height * maps.width;
  const data = new Float32Array(maps.data.length);
  for (let start = 0; start < data.length; start += pixels) {
    normalise(maps.data.subarray(start, start + pixels), data.subarray(start, start + pixels));
  }
  return { ...maps, data };
}

/**
 * Each class divided by its own maximum over pixels.
 *
 * maps     [C', h, w]  ≥ 0
 * returns  [C', h, w]  0…1; the maximum is m / (m + 1e-5)
 *
 * Empty case: a map of zeros stays zeros.
 * @see Zhou et al. 2016, section 2; psa infer_cls.py, irn step/make_cam.py
 */
export const normaliseByMax = (maps: ScoreMaps): ScoreMaps =>
  mapClasses(maps, (values, result) => {
    const divisor = extremes(values).highest + EPSILON;
    values.forEach((value, pixel) => (result[pixel] = value / divisor));
  });

/**
 * Each class moved and scaled by its own minimum and maximum.
 *
 * maps     [C', h, w]  ≥ 0
 * returns  [C', h, w]  0…1 but for −1e-5 / (max − min + 1e-5) where the map was at its minimum
 *
 * Empty case: a constant map becomes −1, as in the release; nothing is foreground there.
 * @see SEAM infer_SEAM.py: values below min + 1e-5 are zeroed, then (v − min − 1e-5) / (max − min + 1e-5)
 */
export const normaliseByRange = (maps: ScoreMaps): ScoreMaps =>
  mapClasses(maps, (values, result) => {
    const { lowest, highest } = extremes(values);
    values.forEach((value, pixel) => {
      const kept = value < lowest + EPSILON ? 0 : value;
      result[pixel] = (kept - lowest - EPSILON) / (highest - lowest + EPSILON);
    });
  });

/**
 * All classes divided by the one maximum over classes and pixels.
 *
 * maps     [C', h, w]  ≥ 0
 * returns  [C', h, w]  0…1; the highest value is 1
 *
 * Empty case: maps of zeros stay zeros.
 * Differs from the release: irn divides by zero there.
 * @see irn step/make_sem_seg_labels.py: rw_up / max(rw_up)
 */
export function normaliseGlobally(maps: ScoreMaps): ScoreMaps {
  const { highest } = extremes(maps.data);
  return {
    ...maps,
    data: highest > 0 ? maps.data.map((value) => value / highest) : maps.data.slice(),
  };
}
