import { z } from "zod";
import { valueAt, withValueAt } from "./config-paths.ts";
import { ConfigError } from "./errors.ts";
import { type RunConfig, runConfigSchema } from "./run-config.ts";

/** What a field of a config may be set to. */
export const sweepValueSchema = z.union([z.number(), z.string().max(200), z.boolean(), z.null()]);
export type SweepValue = z.infer<typeof sweepValueSchema>;

/** Dotted, as in `seeds.background.threshold`. */
const path = z.string().regex(/^[a-zA-Z]\w*(\.[a-zA-Z]\w*)*$/);

export const sweepDimensionSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("values"),
    path,
    values: z.array(sweepValueSchema).min(1).max(50),
  }),
  z.strictObject({
    kind: z.literal("range"),
    path,
    min: z.number(),
    max: z.number(),
    scale: z.enum(["linear", "log"]),
    /** Distance of the values that may come up; null for any between the ends. */
    step: z.number().gt(0).nullable(),
  }),
]);
export type SweepDimension = z.infer<typeof sweepDimensionSchema>;

export const sweepPlanSchema = z.strictObject({
  space: z.array(sweepDimensionSchema).min(1).max(8),
  /** `grid` takes every combination, `random` draws from the space without repeating itself. */
  strategy: z.enum(["grid", "random"]),
  /** Runs at most. */
  budget: z.int().min(1).max(500),
  /** Of the draw. */
  seed: z.int().min(0),
  /** Runs under way at the same moment. One lets each find the stages of those before it. */
  atOnce: z.int().min(1).max(8),
});
export type SweepPlan = z.infer<typeof sweepPlanSchema>;

/** One point of the space: a value for each varied field, by its path. */
export type SweepSetting = Readonly<Record<string, SweepValue>>;

const refuse = (message: string): never => {
  throw new ConfigError(`sweep: ${message}`);
};

function requireDimension(dimension: SweepDimension): void {
  if (dimension.kind === "values") return;
  const { path: field, min, max, scale } = dimension;
  if (min >= max) refuse(`expected ${field} from a smaller to a larger number, got ${min}…${max}.`);
  if (scale === "log" && min <= 0) {
    refuse(`expected ${field} above 0 on a logarithmic scale, got ${min}. Choose linear.`);
  }
}

function grid(space: readonly SweepDimension[], budget: number): SweepSetting[] {
  let settings: SweepSetting[] = [{}];
  for (const dimension of space) {
    if (dimension.kind === "range") {
      return refuse(`expected values of ${dimension.path} for a grid, got a range. List them.`);
    }
    const values = [...new Set(dimension.values)];
    settings = settings.flatMap((setting) =>
      values.map((value) => ({ ...setting, [dimension.path]: value })),
    );
    if (settings.length > 10_000) return refuse("expected up to 10,000 combinations, got more.");
  }
  if (settings.length > budget) {
    return refuse(
      `expected a grid within the budget of ${budget} runs, got ${settings.length}. Raise the budget, or draw at random.`,
    );
  }
  return settings;
}

/** Numbers 0…1 that a seed decides. @see Steele & Vigna 2014 (mulberry32 is of their family) */
function drawsOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function drawOne(dimension: SweepDimension, draw: () => number): SweepValue {
  if (dimension.kind === "values") {
    return dimension.values[Math.floor(draw() * dimension.values.length)]!;
  }
  const { min, max, scale, step } = dimension;
  const value =
    scale === "linear" ? min + draw() * (max - min) : min * Math.exp(draw() * Math.log(max / min));
  if (step === null) return Number(value.toPrecision(4));
  const steps = Math.round((value - min) / step);
  return Number((min + steps * step).toPrecision(10));
}

/** A point that came up before is drawn again, so often; a small space is then used up. */
const TRIES = 50;

function random({ space, budget, seed }: SweepPlan): SweepSetting[] {
  const draw = drawsOf(seed);
  const seen = new Map<string, SweepSetting>();
  for (let tries = 0; seen.size < budget && tries < budget * TRIES; tries += 1) {
    const entries = space.map((dimension) => [dimension.path, drawOne(dimension, draw)] as const);
    const setting = Object.fromEntries(entries);
    seen.set(JSON.stringify(setting), setting);
  }
  return [...seen.values()];
}

/**
 * The points a sweep will visit, in order; equal plans give equal points.
 * @throws {ConfigError} when a grid does not fit its budget, or a range is none
 */
export function sweepSettings(plan: SweepPlan): SweepSetting[] {
  const paths = plan.space.map((dimension) => dimension.path);
  if (new Set(paths).size < paths.length) refuse("expected each field once, got one twice.");
  for (const dimension of plan.space) requireDimension(dimension);
  return plan.strategy === "grid" ? grid(plan.space, plan.budget) : random(plan);
}

/**
 * A config at a point of the space.
 * @throws {ConfigError} naming the fields that may not have these values
 */
export function configAt(config: RunConfig, setting: SweepSetting): RunConfig {
  let changed: unknown = config;
  for (const [field, value] of Object.entries(setting)) {
    const parts = field.split(".");
    if (valueAt(config, parts) === undefined) {
      refuse(`expected a field of the config, got ${field}, which it has not.`);
    }
    changed = withValueAt(changed, parts, value);
  }
  const parsed = runConfigSchema.safeParse(changed);
  if (parsed.success) return parsed.data;
  return refuse(`${settingText(setting)}: ${z.prettifyError(parsed.error)}`);
}

/** "threshold 0.3, alpha 4": each field by the last word of its path. */
export const settingText = (setting: SweepSetting): string =>
  Object.entries(setting)
    .map(([field, value]) => `${field.split(".").at(-1) ?? field} ${value ?? "none"}`)
    .join(", ");

export const SWEEP_STATUSES = ["running", "paused", "cancelled", "finished"] as const;
export type SweepStatus = (typeof SWEEP_STATUSES)[number];
