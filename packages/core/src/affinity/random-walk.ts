import { applyAffinity, ShapeError, type Transition, ValueRangeError } from "../contract/index.ts";

export interface RandomWalkOptions {
  /** t: how often the transition is applied. psa, irn: 2⁸ = 256; SEAM: 2⁶ = 64. */
  readonly steps: number;
  /** `steps`: one by one. `chebyshev`: a polynomial of degree ≤ 100, 2e-10 from it, some 2.5 times faster. */
  readonly method: "steps" | "chebyshev";
}

/** Beyond it x^256 is matched to 2e-10, below any float32. @see algorithms.md 8 */
const CHEBYSHEV_DEGREE = 100;

function walkBySteps(step: Transition, values: Float32Array, steps: number): Float32Array {
  let x = Float64Array.from(values);
  let y = new Float64Array(x.length);
  for (let t = 0; t < steps; t += 1) {
    applyAffinity(step, x, y);
    for (let p = 0; p < y.length; p += 1) y[p]! /= step.degree[p]!;
    [x, y] = [y, x];
  }
  return Float32Array.from(x);
}

/**
 * Coefficients of x^t in Chebyshev polynomials T_0 … T_degree: 2^(1−t) C(t, (t−j)/2) for j ≡ t mod 2,
 * half of it for j = 0.
 */
function powerCoefficients(t: number, degree: number): Float64Array {
  const coefficients = new Float64Array(degree + 1);
  // log C(t, k) by summing logs: C(256, 128) is no problem, its product with 2^−255 is.
  const logFactorial = new Float64Array(t + 1);
  for (let i = 2; i <= t; i += 1) logFactorial[i] = logFactorial[i - 1]! + Math.log(i);
  for (let j = t % 2; j <= degree; j += 2) {
    const k = (t - j) / 2;
    const log = logFactorial[t]! - logFactorial[k]! - logFactorial[t - k]! + (1 - t) * Math.LN2;
    coefficients[j] = Math.exp(log) * (j === 0 ? 0.5 : 1);
  }
  return coefficients;
}

/** (Tᵀ)^t = D^−½ S^t D^½ with S = D^−½ A D^−½ symmetric, its spectrum in −1…1. */
function walkByChebyshev(step: Transition, values: Float32Array, steps: number): Float32Array {
  const degree = Math.min(steps, CHEBYSHEV_DEGREE);
  const coefficients = powerCoefficients(steps, degree);
  const root = step.degree.map(Math.sqrt);
  const pixels = root.length;
  const scaled = new Float64Array(pixels);
  const product = new Float64Array(pixels);
  const applySimilar = (x: Float64Array): void => {
    for (let p = 0; p < pixels; p += 1) scaled[p] = x[p]! / root[p]!;
    applyAffinity(step, scaled, product);
    for (let p = 0; p < pixels; p += 1) product[p]! /= root[p]!;
  };
  let previous = root.map((value, p) => value * values[p]!);
  const sum = previous.map((value) => value * coefficients[0]!);
  applySimilar(previous);
  let current = product.slice();
  for (let j = 1; j <= degree; j += 1) {
    const coefficient = coefficients[j]!;
    for (let p = 0; p < pixels; p += 1) sum[p]! += coefficient * current[p]!;
    // T_{j+1} = 2 x T_j − T_{j−1}, written over T_{j−1}.
    applySimilar(current);
    for (let p = 0; p < pixels; p += 1) previous[p] = 2 * product[p]! - previous[p]!;
    [previous, current] = [current, previous];
  }
  return Float32Array.from(sum, (value, p) => value / root[p]!);
}

/**
 * Scores after a random walk: each pixel becomes a weighted mean of those it can reach.
 *
 * scores   [planes, h, w]  any number of maps; present classes and background
 * returns  [planes, h, w]  within the range of each map; constants stay
 *
 * Empty case: no planes give no planes; no steps give a copy.
 * @throws {ShapeError} when the scores are not of the transition's grid
 * @throws {ValueRangeError} when steps is no whole number ≥ 0
 * @see Ahn & Kwak 2018, equation 5; psa infer_aff.py; algorithms.md 8
 */
export function randomWalk(
  scores: Float32Array,
  step: Transition,
  { steps, method }: RandomWalkOptions,
): Float32Array {
  const pixels = step.height * step.width;
  if (scores.length % pixels !== 0) {
    throw new ShapeError(
      `affinity: expected scores on a ${step.height}×${step.width} grid, got ${scores.length} values.`,
    );
  }
  if (!Number.isInteger(steps) || steps < 0) {
    throw new ValueRangeError(`affinity: expected a whole number of steps, got ${steps}.`);
  }
  const walk = method === "chebyshev" && steps > 1 ? walkByChebyshev : walkBySteps;
  const result = new Float32Array(scores.length);
  for (let start = 0; start < scores.length; start += pixels) {
    result.set(walk(step, scores.subarray(start, start + pixels), steps), start);
  }
  return result;
}
