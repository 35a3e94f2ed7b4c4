import { alphaOfThreshold, ConfigError } from "../contract/index.ts";
import type { Threshold } from "./policy.ts";

/** Thresholds nearer to 0 or 1 leave no background or nothing else. */
const [LEAST, GREATEST] = [0.02, 0.95];

/**
 * A background exponent: the config's own, or the one whose hard labels are those of a multiple of the
 * seeds' threshold. psa's 4, 16 and 32 belong to CAMs whose best threshold lies near 0.13; other
 * methods' scores are spread otherwise.
 *
 * factor  × the seeds' threshold
 *
 * @throws {ConfigError} when neither is there
 */
export function seedAlpha(
  alpha: number | null,
  { value }: Threshold,
  { factor, field }: { readonly factor: number; readonly field: string },
): number {
  if (alpha !== null) return alpha;
  if (value !== null) {
    return alphaOfThreshold(Math.min(GREATEST, Math.max(LEAST, value * factor)));
  }
  throw new ConfigError(
    `refinement.${field}: expected seeds with a threshold to take the background from, got none. Set refinement.${field}.`,
  );
}
