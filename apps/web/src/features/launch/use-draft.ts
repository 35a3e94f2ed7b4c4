"use client";
import {
  RECIPES,
  type Recipe,
  type RunConfig,
  runConfigSchema,
  changedPaths,
  valueAt,
  withValueAt,
} from "@seedmask/core/contract";
import { useMemo, useState } from "react";
import { startValue, type FieldNode, type Path } from "./form-model.ts";

export interface Draft {
  /** May be incomplete while someone types. */
  readonly config: unknown;
  /** The config where it is valid. */
  readonly valid: RunConfig | null;
  /** Message of each field that is not. */
  readonly errors: ReadonlyMap<string, string>;
  /** Value each changed field had in the recipe or run it came from. */
  readonly changed: ReadonlyMap<string, unknown>;
  readonly replace: (config: unknown) => void;
  /** The text being typed cannot be read: nothing may be launched until it can be, or is dropped. */
  readonly hold: () => void;
  /** The value at a path in the recipe or run it came from; undefined where that has none. */
  readonly baseAt: (path: Path) => unknown;
  /** Gives the part at a path the value it had in the recipe or run it came from. */
  readonly reset: (path: Path) => void;
  readonly set: (path: Path, value: unknown) => void;
  readonly choose: (field: FieldNode & { kind: "choice" }, value: string | number) => void;
  readonly toggle: (field: FieldNode & { kind: "optional" }, on: boolean) => void;
}

/** Values some shipped recipe has at a path: where a newly chosen option finds its start. */
const knownAt = (path: Path): unknown[] =>
  RECIPES.map(({ config }) => valueAt(config, path)).filter((value) => value != null);

/** A config under change, checked after every key. */
export function useDraft(origin: Recipe["config"]): Draft {
  // A run may be older than some fields: the form begins with what they meant then.
  const base = useMemo(() => runConfigSchema.safeParse(origin).data ?? origin, [origin]);
  const [config, setReadable] = useState<unknown>(base);
  const [held, setHeld] = useState(false);
  const checked = useMemo(() => runConfigSchema.safeParse(config), [config]);
  const errors = useMemo(
    () =>
      new Map(checked.error?.issues.map(({ path, message }) => [path.join("."), message]) ?? []),
    [checked],
  );
  const changed = useMemo(
    () => new Map(changedPaths(base, config).map(({ path, from }) => [path, from])),
    [base, config],
  );
  const setConfig = (next: unknown): void => {
    setReadable(next);
    setHeld(false);
  };
  return {
    config,
    valid: held ? null : (checked.data ?? null),
    errors,
    changed,
    replace: setConfig,
    hold: () => setHeld(true),
    baseAt: (path) => valueAt(base, path),
    reset: (path) => setConfig(withValueAt(config, path, valueAt(base, path))),
    set: (path, value) => setConfig(withValueAt(config, path, value)),
    choose: (field, value) => {
      const variant = field.variants?.get(String(value));
      if (!variant) {
        setConfig(withValueAt(config, field.path, value));
        return;
      }
      const path = field.path.slice(0, -1);
      const known = knownAt(path).find((one) => variant.safeParse(one).success);
      setConfig(withValueAt(config, path, startValue(variant, known ?? valueAt(config, path))));
    },
    toggle: (field, on) => {
      const known = knownAt(field.path).find((one) => field.inner.safeParse(one).success);
      const next = on ? startValue(field.inner, known) : null;
      setConfig(withValueAt(config, field.path, next));
    },
  };
}
