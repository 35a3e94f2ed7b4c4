import { alphaOfThreshold, ConfigError } from "../contract/index.ts";
import type { Threshold } from "./policy.ts";

/** Thresholds nearer to 0 or 1 leave no background or nothing else. */
const [LEAST, GREATEST] = [0.02, 0.95];

interface Multiple {
  /** × the seeds' threshold. */
  readonly factor: number;
  /** Of the config, for the message. */
  readonly field: string;
}

/**
 * A background threshold: the config's own, or a multiple of the one the seeds are cut at. irn's 0.30,
 * 0.05 and 0.25 belong to CAMs whose best threshold is 0.15; other methods' scores are spread otherwise.
 *
 * @throws {ConfigError} when neither is there
 */
export function seedThreshold(
  given: number | null,
  { value }: Threshold,
  { factor, field }: Multiple,
): number {
  if (given !== null) return given;
  if (value !== null) return Math.min(GREATEST, Math.max(LEAST, value * factor));
  throw new ConfigError(
    `refinement.${field}: expected seeds with a threshold to take the background from, got none. Set refinement.${field}.`,
  );
}

/**
 * A background exponent: the config's own, or the one whose hard labels are those of a multiple of the
 * seeds' threshold. psa's 4, 16 and 32 belong to CAMs whose best threshold lies near 0.13.
 *
 * @throws {ConfigError} when neither is there
 */
export const seedAlpha = (alpha: number | null, threshold: Threshold, multiple: Multiple): number =>
  alpha ?? alphaOfThreshold(seedThreshold(null, threshold, multiple));
