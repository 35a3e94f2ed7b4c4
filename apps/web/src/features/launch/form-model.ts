import type { FieldMeta } from "@seedmask/core/contract";
import { z } from "zod";

/** One control of the form, or a group of them, read off the schema and the value it now has. */
export type FieldNode =
  | NumberField
  | ChoiceField
  | (Base & { readonly kind: "boolean" | "text" | "numbers"; readonly nullable?: boolean })
  | (Base & { readonly kind: "optional"; readonly inner: z.ZodType; readonly fields: FieldNode[] })
  | (Base & { readonly kind: "group"; readonly fields: FieldNode[] });

export type Path = readonly string[];

interface Base {
  readonly path: Path;
  readonly meta: FieldMeta;
}
interface NumberField extends Base {
  readonly kind: "number";
  readonly min: number | null;
  readonly max: number | null;
  readonly integer: boolean;
  /** An empty field is a value of its own. */
  readonly nullable?: boolean;
}
export interface Choice {
  readonly value: string | number;
  readonly label: string;
}
interface ChoiceField extends Base {
  readonly kind: "choice";
  readonly choices: Choice[];
  /** Set where the choice decides which fields there are: the other options, whole. */
  readonly variants: ReadonlyMap<string, z.ZodObject> | null;
}

const words = (key: string): string =>
  (key.charAt(0).toUpperCase() + key.slice(1)).replace(
    /([a-z])([A-Z])/g,
    (_, before, after) => `${String(before)} ${String(after).toLowerCase()}`,
  );

const metaOf = (schema: z.ZodType, path: Path): FieldMeta => ({
  title: words(path.at(-1) ?? ""),
  ...(schema.meta() as Partial<FieldMeta> | undefined),
});

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};

/** Fields of an object schema; fixed ones (a schema version) are left out. */
export function fieldsOf(schema: z.ZodObject, value: unknown, path: Path = []): FieldNode[] {
  return Object.entries(schema.shape).flatMap(([key, field]) =>
    fieldOf(field as z.ZodType, record(value)[key], [...path, key]),
  );
}

function fieldOf(declared: z.ZodType, value: unknown, path: Path): FieldNode[] {
  const base = { path, meta: metaOf(declared, path) };
  // A default only reads configs that are older than the field: the form shows what it wraps.
  const schema = declared instanceof z.ZodDefault ? (declared.unwrap() as z.ZodType) : declared;
  if (schema instanceof z.ZodLiteral) return [];
  if (schema instanceof z.ZodObject) {
    return [{ ...base, kind: "group", fields: fieldsOf(schema, value, path) }];
  }
  if (schema instanceof z.ZodDiscriminatedUnion) return [variantField(schema, value, base)];
  if (schema instanceof z.ZodNullable) return [nullableField(schema, value, base)];
  if (schema instanceof z.ZodEnum) {
    return [{ ...base, kind: "choice", choices: choicesOf(schema.options), variants: null }];
  }
  if (schema instanceof z.ZodUnion) {
    const literals = schema.options.filter((one) => one instanceof z.ZodLiteral);
    const choices = choicesOf(literals.map((one) => one.value as string | number));
    return [{ ...base, kind: "choice", choices, variants: null }];
  }
  if (schema instanceof z.ZodBoolean) return [{ ...base, kind: "boolean" }];
  if (schema instanceof z.ZodArray || schema instanceof z.ZodTuple) {
    return [{ ...base, kind: "numbers" }];
  }
  if (schema instanceof z.ZodNumber) return [numberField(schema, base)];
  return [{ ...base, kind: "text" }];
}

const choicesOf = (values: readonly (string | number)[]): Choice[] =>
  values.map((value) => ({ value, label: String(value) }));

/** Bounds beyond 2^53 are the type's own, not the field's. */
const finite = (bound: number | null): number | null =>
  bound !== null && Math.abs(bound) < Number.MAX_SAFE_INTEGER ? bound : null;

function variantField(schema: z.ZodDiscriminatedUnion, value: unknown, base: Base): FieldNode {
  const key = schema.def.discriminator;
  const variants = new Map<string, z.ZodObject>();
  const choices: Choice[] = [];
  for (const option of schema.options) {
    if (!(option instanceof z.ZodObject)) continue;
    const word = option.shape[key];
    if (!(word instanceof z.ZodLiteral)) continue;
    variants.set(String(word.value), option);
    choices.push({ value: String(word.value), label: metaOf(word, [String(word.value)]).title });
  }
  const chosen = variants.get(String(record(value)[key]));
  const path = [...base.path, key];
  const choice: FieldNode = { path, meta: metaOf(schema, path), kind: "choice", choices, variants };
  const fields = chosen ? fieldsOf(chosen, value, base.path) : [];
  return { ...base, kind: "group", fields: [choice, ...fields] };
}

function numberField(schema: z.ZodNumber, base: Base): NumberField {
  const [min, max] = [finite(schema.minValue), finite(schema.maxValue)];
  return { ...base, kind: "number", min, max, integer: schema.isInt };
}

function nullableField(schema: z.ZodNullable, value: unknown, base: Base): FieldNode {
  const inner = schema.unwrap() as z.ZodType;
  if (inner instanceof z.ZodNumber) return { ...numberField(inner, base), nullable: true };
  if (!(inner instanceof z.ZodObject)) return { ...base, kind: "text", nullable: true };
  const fields = value === null ? [] : fieldsOf(inner, value, base.path);
  return { ...base, kind: "optional", inner, fields };
}

/**
 * A value to begin with where a choice brings fields that have none yet: `known` is asked first, then
 * the value nearest to 1 that the field allows.
 */
export function startValue(schema: z.ZodType, known: unknown): unknown {
  if (schema instanceof z.ZodDefault) {
    return startValue(schema.unwrap() as z.ZodType, known ?? schema.def.defaultValue);
  }
  if (schema.safeParse(known).success) return known;
  if (schema instanceof z.ZodObject) {
    return Object.fromEntries(
      Object.entries(schema.shape).map(([key, field]) => [
        key,
        startValue(field as z.ZodType, record(known)[key]),
      ]),
    );
  }
  if (schema instanceof z.ZodLiteral) return schema.value;
  if (schema instanceof z.ZodEnum) return schema.options[0];
  if (schema instanceof z.ZodBoolean) return false;
  if (schema instanceof z.ZodNullable) return null;
  if (schema instanceof z.ZodArray) return [1];
  if (schema instanceof z.ZodTuple) return [1, 1];
  if (schema instanceof z.ZodDiscriminatedUnion)
    return startValue(schema.options[0] as z.ZodType, known);
  if (schema instanceof z.ZodNumber) {
    return Math.min(finite(schema.maxValue) ?? 1, Math.max(finite(schema.minValue) ?? 1, 1));
  }
  return "";
}
