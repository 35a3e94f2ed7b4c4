import { valueAt } from "./config-paths.ts";
import { ConfigError } from "./errors.ts";
import type { RunConfig } from "./run-config.ts";
import type { SweepDimension, SweepValue } from "./sweep.ts";

/** `0.1..0.5` or `1e-4..1e-2 log` */
const RANGE = /^(\S+?)\s*(?:\.\.|…)\s*(\S+?)(\s+log)?$/;

function valueOf(text: string): SweepValue {
  const word = text.trim();
  if (word === "none" || word === "null") return null;
  if (word === "true" || word === "yes") return true;
  if (word === "false" || word === "no") return false;
  const number = Number(word);
  return word === "" || Number.isNaN(number) ? word : number;
}

/**
 * What a person writes for a varied field: values with commas between, or a range. A range between
 * whole numbers of a field that holds one stays whole.
 * @throws {ConfigError} for a field the config has not, or a text that says nothing
 */
export function readDimension(config: RunConfig, path: string, text: string): SweepDimension {
  const current = valueAt(config, path.split("."));
  if (current === undefined) {
    throw new ConfigError(`vary ${path}: expected a field of the config, got none of that name.`);
  }
  const range = RANGE.exec(text.trim());
  const [min, max] = [Number(range?.[1]), Number(range?.[2])];
  if (range && !Number.isNaN(min) && !Number.isNaN(max)) {
    const whole = [current, min, max].every(Number.isInteger);
    const scale = range[3] ? "log" : "linear";
    return { kind: "range", path, min, max, scale, step: whole ? 1 : null };
  }
  const words = text.split(",").filter((word) => word.trim() !== "");
  if (words.length === 0) {
    throw new ConfigError(`vary ${path}: expected values with commas between, or a range a..b.`);
  }
  return { kind: "values", path, values: words.map(valueOf) };
}
