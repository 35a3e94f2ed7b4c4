import { readFile } from "node:fs/promises";
import {
  ConfigError,
  RECIPES,
  type Recipe,
  type RunConfig,
  runConfigSchema,
} from "@seedmask/core/contract";
import { z } from "zod";

/** @throws {ConfigError} listing the recipes there are */
export function recipeNamed(name: string): Recipe {
  const found = RECIPES.find((recipe) => recipe.name === name);
  if (found) return found;
  throw new ConfigError(
    `recipe: expected one of ${RECIPES.map((each) => each.name).join(", ")}, got ${name}.`,
  );
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** One `path.to.field=value`; value is JSON, or text where it is not. */
function setField(config: unknown, assignment: string): void {
  const at = assignment.indexOf("=");
  if (at < 1) {
    throw new ConfigError(`--set: expected field=value, got ${assignment}.`);
  }
  const path = assignment.slice(0, at).split(".");
  const last = path.pop()!;
  let place = config;
  for (const part of path) {
    if (!isObject(place) || !isObject(place[part])) throw unknownField(assignment);
    place = place[part];
  }
  if (!isObject(place)) throw unknownField(assignment);
  place[last] = valueOf(assignment.slice(at + 1));
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const unknownField = (assignment: string): ConfigError =>
  new ConfigError(`--set ${assignment}: expected a field of the config, got none of that name.`);

/** @throws {ConfigError} naming each field that is wrong */
export function parseConfig(value: unknown): RunConfig {
  const parsed = runConfigSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ConfigError(`config: ${z.prettifyError(parsed.error)}`, { cause: parsed.error });
}

export interface ConfigSource {
  readonly recipe?: string;
  /** File with a whole config, or with a recipe. */
  readonly config?: string;
  readonly set?: readonly string[];
}

/** The config a command works with, and the recipe it is an unchanged copy of, if it is. */
export async function readConfig({
  recipe,
  config,
  set = [],
}: ConfigSource): Promise<{ config: RunConfig; recipe: Recipe | null }> {
  if ((recipe === undefined) === (config === undefined)) {
    throw new ConfigError("expected either --recipe NAME or --config FILE.");
  }
  if (recipe !== undefined) {
    const named = recipeNamed(recipe);
    const changed = structuredClone(named.config);
    for (const assignment of set) setField(changed, assignment);
    return { config: parseConfig(changed), recipe: named };
  }
  const text = await readFile(config!, "utf8").catch((cause: unknown) => {
    throw new ConfigError(`${config}: expected a config file, found none.`, { cause });
  });
  const value: unknown = valueOf(text);
  const whole = isObject(value) && isObject(value["config"]) ? value["config"] : value;
  for (const assignment of set) setField(whole, assignment);
  return { config: parseConfig(whole), recipe: null };
}
