"use client";
import { type RunConfig, valueAt } from "@seedmask/core/contract";
import { Button } from "@seedmask/ui/primitives/button";
import { Field } from "@seedmask/ui/primitives/field";
import { Input } from "@seedmask/ui/primitives/input";
import { Select } from "@seedmask/ui/primitives/select";
import { Plus, X } from "lucide-react";
import type { VaryField, VaryRow } from "./vary.ts";

interface VaryRowsProps {
  readonly config: RunConfig;
  readonly fields: readonly VaryField[];
  readonly rows: readonly VaryRow[];
  readonly onRows: (rows: readonly VaryRow[]) => void;
}

/** Fields at most: a space of more is not searched by a few runs. */
const MOST = 8;

/** One line a varied field: which, and its values or range. */
export function VaryRows({ config, fields, rows, onRows }: VaryRowsProps) {
  const used = new Set(rows.map(({ path }) => path));
  const free = fields.filter(({ path }) => !used.has(path));
  const change = (at: number, row: VaryRow): void => onRows(rows.with(at, row));
  return (
    <div className="grid gap-4">
      {rows.map(({ path, text }, at) => {
        const field = fields.find((one) => one.path === path);
        return (
          <div key={path} className="flex flex-wrap items-start gap-3">
            <Field label="Field" className="w-full sm:w-80">
              {(control) => (
                <Select
                  {...control}
                  value={path}
                  onValueChange={(next) => change(at, { path: next, text: "" })}
                  options={fields
                    .filter((one) => one.path === path || !used.has(one.path))
                    .map((one) => ({ value: one.path, label: one.label }))}
                />
              )}
            </Field>
            <Field
              label="Values"
              className="min-w-48 flex-1"
              help={`${field?.hint ?? ""} · now ${String(valueAt(config, path.split(".")) ?? "none")}`}
            >
              {(control) => (
                <Input
                  {...control}
                  value={text}
                  placeholder="0.2, 0.3, 0.4 — or 0.1..0.5 at random, 1e-4..1e-2 log"
                  className="font-mono text-xs"
                  onChange={(event) => change(at, { path, text: event.target.value })}
                />
              )}
            </Field>
            <Button
              variant="quiet"
              size="icon"
              className="mt-6.5"
              aria-label={`Do not vary ${field?.title ?? path}`}
              disabled={rows.length === 1}
              onClick={() => onRows(rows.filter((_, index) => index !== at))}
            >
              <X aria-hidden />
            </Button>
          </div>
        );
      })}
      <div>
        <Button
          size="small"
          icon={<Plus aria-hidden />}
          disabled={rows.length >= MOST || free.length === 0}
          onClick={() => onRows([...rows, { path: free[0]!.path, text: "" }])}
        >
          Vary another field
        </Button>
      </div>
    </div>
  );
}
