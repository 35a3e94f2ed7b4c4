import {
  configAt,
  readDimension,
  type RunConfig,
  runConfigSchema,
  type SweepPlan,
  type SweepSetting,
  sweepSettings,
} from "@seedmask/core/contract";
import { type FieldNode, fieldsOf } from "#features/launch/form-model.ts";

/** A field that may be varied, by its path. */
export interface VaryField {
  readonly path: string;
  readonly title: string;
  /** What it is called where it stands: "segmenter · Epochs". */
  readonly label: string;
  /** What may be written, as an example. */
  readonly hint: string;
}

/** Every number, choice and switch of a config; a choice that brings its own fields is another recipe. */
export function varyFields(config: RunConfig): VaryField[] {
  return leavesOf(fieldsOf(runConfigSchema, config)).map((field) => {
    const path = field.path.join(".");
    const part = field.path.slice(0, -1).join(" ");
    return {
      path,
      title: field.meta.title,
      label: part === "" ? field.meta.title : `${part} · ${field.meta.title}`,
      hint: hintOf(field),
    };
  });
}

function leavesOf(fields: readonly FieldNode[]): FieldNode[] {
  return fields.flatMap((field) => {
    if (field.kind === "group" || field.kind === "optional") return leavesOf(field.fields);
    if (field.kind === "choice") return field.variants === null ? [field] : [];
    return field.kind === "number" || field.kind === "boolean" ? [field] : [];
  });
}

function hintOf(field: FieldNode): string {
  if (field.kind === "choice") return field.choices.map(({ value }) => value).join(", ");
  if (field.kind === "boolean") return "yes, no";
  const unit = field.meta.unit ? ` · ${field.meta.unit}` : "";
  return field.kind === "number" && field.min !== null && field.max !== null
    ? `${field.min} … ${field.max}${unit}`
    : (field.meta.unit ?? "");
}

export interface VaryRow {
  readonly path: string;
  readonly text: string;
}

export type SweepDraft =
  | {
      readonly plan: SweepPlan;
      readonly settings: readonly SweepSetting[];
      readonly first: RunConfig;
    }
  | { readonly error: string };

type PlanOptions = Omit<SweepPlan, "space">;

/** The plan that rows and options make, or what is wrong with them. */
export function draftSweep(
  config: RunConfig,
  rows: readonly VaryRow[],
  options: PlanOptions,
): SweepDraft {
  if (rows.length === 0) return { error: "Vary at least one field." };
  try {
    const space = rows.map(({ path, text }) => readDimension(config, path, text));
    const plan = { ...options, space };
    const settings = sweepSettings(plan);
    const [first] = settings.map((setting) => configAt(config, setting));
    return first ? { plan, settings, first } : { error: "The budget allows no run." };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
