/**
 * The four ways a number may be missing or present are four different glyphs: a measured 0 is "0.0",
 * "—" means the number does not exist, "·" that it is still to come, "×" that its computation failed.
 */
export const NOT_APPLICABLE = "—";
export const NOT_YET = "·";
export const FAILED = "×";

/** A measured number, or the reason there is none. `null` reads as not applicable. */
export type Measured = number | null | "not-yet" | "failed";

const glyph = (value: null | "not-yet" | "failed"): string =>
  value === null ? NOT_APPLICABLE : value === "not-yet" ? NOT_YET : FAILED;

/** What a screen reader says for a value that has no number. */
export const describeMissing = (value: null | "not-yet" | "failed"): string =>
  value === null ? "not applicable" : value === "not-yet" ? "not yet" : "failed";

const isNumber = (value: Measured): value is number => typeof value === "number";
const orGlyph = (value: Measured, write: (number: number) => string): string =>
  isNumber(value) ? (Number.isFinite(value) ? write(value) : FAILED) : glyph(value);

/** 0…1 → "62.4": IoU, precision, recall and other shares × 100 with one decimal. */
export const formatIou = (value: Measured): string =>
  orGlyph(value, (number) => (number * 100).toFixed(1));

/** 0…1 → "62.4131", for a hover text or the clipboard. */
export const formatIouExact = (value: Measured): string =>
  orGlyph(value, (number) => (number * 100).toFixed(4));

/** Difference of two shares → "+3.1", "−0.4" or "±0.0", in points. */
export const formatDelta = (value: Measured): string =>
  orGlyph(value, (number) => {
    const digits = Math.abs(number * 100).toFixed(1);
    if (digits === "0.0") return "±0.0";
    return `${number > 0 ? "+" : "−"}${digits}`;
  });

/** 0…1 → "45 %". */
export const formatPercent = (value: Measured, digits = 0): string =>
  orGlyph(value, (number) => `${(number * 100).toFixed(digits)} %`);

/** 10582 → "10,582". */
export const formatCount = (value: Measured): string =>
  orGlyph(value, (number) => Math.round(number).toLocaleString("en-GB"));

/** Up to four significant digits; exponent for the very small and the very large. */
export const formatNumber = (value: Measured): string =>
  orGlyph(value, (number) => {
    const magnitude = Math.abs(number);
    if (number === 0) return "0";
    if (magnitude < 1e-3 || magnitude >= 1e6) {
      return number.toExponential(2).replace("e+", "e").replace("-", "−");
    }
    return Number(number.toPrecision(4)).toString().replace("-", "−");
  });

/** Seconds → "0.4 s", "42 s", "3 m 05 s", "2 h 15 m", "3 d 4 h". */
export const formatDuration = (seconds: Measured): string =>
  orGlyph(seconds, (value) => {
    if (value < 9.95) return `${value.toFixed(1)} s`;
    const whole = Math.round(value);
    if (whole < 60) return `${whole} s`;
    const minutes = Math.floor(whole / 60);
    if (minutes < 60) return `${minutes} m ${String(whole % 60).padStart(2, "0")} s`;
    const hours = Math.floor(minutes / 60);
    if (hours < 48) return `${hours} h ${String(minutes % 60).padStart(2, "0")} m`;
    return `${Math.floor(hours / 24)} d ${hours % 24} h`;
  });

const BYTE_UNITS = ["B", "kB", "MB", "GB", "TB"] as const;

/** Bytes → "512 B", "1.3 kB", "48.6 MB" (powers of 1000). */
export const formatBytes = (bytes: Measured): string =>
  orGlyph(bytes, (value) => {
    let rest = value;
    let unit = 0;
    while (rest >= 999.95 && unit < BYTE_UNITS.length - 1) {
      rest /= 1000;
      unit += 1;
    }
    return `${unit === 0 ? Math.round(rest) : rest.toFixed(1)} ${BYTE_UNITS[unit]!}`;
  });

/** Seconds ago → "just now", "5 min ago", "3 h ago", "12 d ago". */
export function formatAge(seconds: number): string {
  if (seconds < 45) return "just now";
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.round(minutes / 60);
  if (hours < 48) return `${hours} h ago`;
  return `${Math.round(hours / 24)} d ago`;
}
