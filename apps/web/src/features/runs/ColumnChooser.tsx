"use client";
import { Button } from "@seedmask/ui/primitives/button";
import { Checkbox } from "@seedmask/ui/primitives/checkbox";
import { Popover } from "@seedmask/ui/primitives/popover";
import { Switch } from "@seedmask/ui/primitives/switch";
import { Columns3 } from "lucide-react";
import { FIXED_COLUMN, RUN_COLUMNS } from "./columns.tsx";
import type { RunView, useRunView } from "./use-run-list.ts";

interface ColumnChooserProps {
  readonly view: RunView;
  readonly setView: ReturnType<typeof useRunView>[1];
  /** How many of the chosen ones are left out because they are the same in every row. */
  readonly hidden: number;
}

/** Which columns the table has. */
export function ColumnChooser({ view, setView, hidden }: ColumnChooserProps) {
  const usual = RUN_COLUMNS.filter(({ optional }) => !optional).map(({ key }) => key);
  const chosen = view.columns ?? usual;
  function toggle(key: string, on: boolean): void {
    const next = RUN_COLUMNS.map((column) => column.key).filter((one) =>
      one === key ? on : chosen.includes(one),
    );
    void setView({ columns: next.join() === usual.join() ? null : next });
  }
  return (
    <Popover
      label="Columns"
      align="end"
      trigger={
        <Button icon={<Columns3 aria-hidden />}>
          Columns
          {hidden > 0 ? <span className="text-ink-3"> · {hidden} the same</span> : null}
        </Button>
      }
    >
      <div className="grid gap-2">
        {RUN_COLUMNS.filter(({ key }) => key !== FIXED_COLUMN).map(({ key, title }) => (
          <Checkbox
            key={key}
            label={title}
            checked={chosen.includes(key)}
            onCheckedChange={(on) => toggle(key, on)}
          />
        ))}
        <div className="border-t border-line pt-2">
          <Switch
            label="Hide identical"
            checked={view.differing}
            onCheckedChange={(differing) => void setView({ differing: differing || null })}
          />
        </div>
      </div>
    </Popover>
  );
}
