"use client";
import { RUN_STATUSES } from "@seedmask/core/contract";
import { Button } from "@seedmask/ui/primitives/button";
import { Checkbox } from "@seedmask/ui/primitives/checkbox";
import { Input } from "@seedmask/ui/primitives/input";
import { Popover } from "@seedmask/ui/primitives/popover";
import { statusWord } from "@seedmask/ui/primitives/status";
import { useQuery } from "@tanstack/react-query";
import { ListFilter, Search, X } from "lucide-react";
import { useTRPC } from "#trpc/client.tsx";
import { isFiltered, type RunView, type useRunView } from "./use-run-list.ts";

interface RunFiltersProps {
  readonly view: RunView;
  readonly setView: ReturnType<typeof useRunView>[1];
}

interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
}

interface ValueFilterProps<T extends string> {
  readonly title: string;
  readonly choices: readonly Choice<T>[];
  readonly chosen: readonly T[];
  readonly onChange: (next: T[]) => void;
}

function ValueFilter<T extends string>({ title, choices, chosen, onChange }: ValueFilterProps<T>) {
  return (
    <Popover
      label={title}
      align="start"
      trigger={
        <Button size="medium" icon={<ListFilter aria-hidden />}>
          {title}
          {chosen.length > 0 ? <span className="tabular-nums"> · {chosen.length}</span> : null}
        </Button>
      }
    >
      <div className="grid gap-2">
        {choices.map(({ value, label }) => (
          <Checkbox
            key={value}
            label={label}
            checked={chosen.includes(value)}
            onCheckedChange={(on) =>
              onChange(on === true ? [...chosen, value] : chosen.filter((one) => one !== value))
            }
          />
        ))}
      </div>
    </Popover>
  );
}

export function RunFilters({ view, setView }: RunFiltersProps) {
  const trpc = useTRPC();
  const recipes = useQuery(trpc.recipes.list.queryOptions());
  const datasets = useQuery(trpc.datasets.list.queryOptions());
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <div className="w-full sm:w-64">
        <Input
          type="search"
          aria-label="Search runs by name, title or id"
          placeholder="Name, title or id"
          leading={<Search aria-hidden />}
          value={view.q}
          onChange={(event) => void setView({ q: event.target.value || null })}
        />
      </div>
      <ValueFilter
        title="Status"
        choices={RUN_STATUSES.map((status) => ({ value: status, label: statusWord(status) }))}
        chosen={view.status}
        onChange={(status) => void setView({ status })}
      />
      <ValueFilter
        title="Recipe"
        choices={(recipes.data ?? []).map(({ name, title }) => ({ value: name, label: title }))}
        chosen={view.recipe}
        onChange={(recipe) => void setView({ recipe })}
      />
      <ValueFilter
        title="Dataset"
        choices={(datasets.data ?? []).map(({ name, version, hash }) => ({
          value: hash,
          label: `${name} v${version}`,
        }))}
        chosen={view.dataset}
        onChange={(dataset) => void setView({ dataset })}
      />
      {isFiltered(view) ? (
        <Button
          variant="quiet"
          icon={<X aria-hidden />}
          onClick={() => void setView({ q: null, status: null, recipe: null, dataset: null })}
        >
          Clear filter
        </Button>
      ) : null}
    </div>
  );
}
