"use client";
import { valueAt } from "@seedmask/core/contract";
import { Field } from "@seedmask/ui/primitives/field";
import { Input } from "@seedmask/ui/primitives/input";
import { Select } from "@seedmask/ui/primitives/select";
import { Switch } from "@seedmask/ui/primitives/switch";
import { formatNumber } from "@seedmask/ui/format";
import { ChangedMark } from "./ChangedMark.tsx";
import type { Choice, FieldNode } from "./form-model.ts";
import { NumberInput, NumbersInput } from "./NumberInput.tsx";
import type { Draft } from "./use-draft.ts";

interface FieldEditorProps {
  readonly field: FieldNode;
  readonly draft: Draft;
  /** Choices that depend on the dataset, by path: the names of its splits. */
  readonly choices: ReadonlyMap<string, readonly Choice[]>;
}

function helpOf(field: FieldNode): string | undefined {
  const { help, source } = field.meta;
  const range =
    field.kind === "number" && (field.min !== null || field.max !== null)
      ? `${field.min === null ? "" : formatNumber(field.min)} … ${field.max === null ? "" : formatNumber(field.max)}`
      : undefined;
  const parts = [help, range, source && `Default from ${source}`].filter(Boolean);
  return parts.length > 0 ? parts.join(" · ") : undefined;
}

/** A field with its unit, range, source, error, and whether it was changed. */
export function FieldEditor({ field, draft, choices }: FieldEditorProps) {
  const key = field.path.join(".");
  if (field.kind === "group") {
    return (
      <FieldGroup title={field.meta.title} fields={field.fields} draft={draft} choices={choices} />
    );
  }
  if (field.kind === "optional") {
    const on = valueAt(draft.config, field.path) !== null;
    return (
      <div className="col-span-full grid gap-3">
        <div className="flex items-center gap-2">
          <Switch
            label={field.meta.title}
            checked={on}
            onCheckedChange={(next) => draft.toggle(field, next)}
          />
          <ChangedMark field={field} draft={draft} />
        </div>
        {on ? <FieldGroup fields={field.fields} draft={draft} choices={choices} /> : null}
      </div>
    );
  }
  return (
    <Field
      label={field.meta.title}
      {...(field.meta.unit ? { unit: field.meta.unit } : {})}
      help={helpOf(field)}
      error={draft.errors.get(key)}
      badge={<ChangedMark field={field} draft={draft} />}
    >
      {(control) => <Control field={field} draft={draft} choices={choices} control={control} />}
    </Field>
  );
}

interface ControlProps extends FieldEditorProps {
  readonly field: Exclude<FieldNode, { kind: "group" | "optional" }>;
  readonly control: { readonly id: string };
}

function Control({ field, draft, choices, control }: ControlProps) {
  const value = valueAt(draft.config, field.path);
  const offered = choices.get(field.path.join("."));
  if (field.kind === "number") {
    return (
      <NumberInput
        {...control}
        value={value}
        integer={field.integer}
        {...(field.nullable ? { onEmpty: () => draft.set(field.path, null) } : {})}
        onChange={(next) => draft.set(field.path, next)}
      />
    );
  }
  if (field.kind === "numbers") {
    return (
      <NumbersInput {...control} value={value} onChange={(next) => draft.set(field.path, next)} />
    );
  }
  if (field.kind === "boolean") {
    return (
      <Select
        {...control}
        value={value === true ? "yes" : "no"}
        onValueChange={(next) => draft.set(field.path, next === "yes")}
        options={[
          { value: "yes", label: "yes" },
          { value: "no", label: "no" },
        ]}
      />
    );
  }
  if (field.kind === "choice" || offered) {
    const options = offered ?? (field.kind === "choice" ? field.choices : []);
    return (
      <Select
        {...control}
        value={String(value)}
        onValueChange={(next) => {
          const chosen = options.find((option) => String(option.value) === next);
          if (!chosen) return;
          if (field.kind === "choice") draft.choose(field, chosen.value);
          else draft.set(field.path, chosen.value);
        }}
        options={options.map((option) => ({ value: String(option.value), label: option.label }))}
      />
    );
  }
  return (
    <Input
      {...control}
      value={typeof value === "string" ? value : ""}
      placeholder={field.nullable ? "none" : ""}
      onChange={(event) =>
        draft.set(field.path, event.target.value || (field.nullable ? null : ""))
      }
    />
  );
}

interface FieldGroupProps {
  readonly title?: string;
  readonly fields: readonly FieldNode[];
  readonly draft: Draft;
  readonly choices: FieldEditorProps["choices"];
}

export function FieldGroup({ title, fields, draft, choices }: FieldGroupProps) {
  return (
    <fieldset className="col-span-full grid min-w-0 items-start gap-x-5 gap-y-4 sm:grid-cols-2 xl:grid-cols-3">
      {title ? (
        <legend className="col-span-full mb-1 text-xs font-medium text-ink-3">{title}</legend>
      ) : null}
      {fields.map((field) => (
        <FieldEditor key={field.path.join(".")} field={field} draft={draft} choices={choices} />
      ))}
    </fieldset>
  );
}
