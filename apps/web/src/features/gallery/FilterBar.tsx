import { STAGE_TITLES } from "@seedmask/core/contract";
import { formatIou } from "@seedmask/ui/format";
import type { LabelStyle } from "@seedmask/ui/maps/types";
import { Button } from "@seedmask/ui/primitives/button";
import { Select } from "@seedmask/ui/primitives/select";
import { ColourChip } from "@seedmask/ui/segmentation/class-legend";
import { ListFilter, X } from "lucide-react";
import type { ReactNode } from "react";
import { Foldable } from "./Foldable.tsx";
import type { Evaluation } from "./sources.ts";
import type { GallerySort, GalleryState } from "./use-gallery-state.ts";

export interface FilterBarProps {
  readonly state: GalleryState;
  readonly onChange: (change: Partial<GalleryState>) => void;
  readonly evaluations: readonly Evaluation[];
  readonly current: Evaluation;
  readonly styles: readonly LabelStyle[];
}

const ALL = "all";
const BANDS = [
  { value: "0-1", label: "Any IoU" },
  { value: "0-0.25", label: "0 – 25" },
  { value: "0.25-0.5", label: "25 – 50" },
  { value: "0.5-0.75", label: "50 – 75" },
  { value: "0.75-1", label: "75 – 100" },
];

const LABEL_FILTERS = [
  { field: "has", word: "with" },
  { field: "lacks", word: "without" },
] as const;

/** Which images are shown and in which order. */
export function FilterBar({
  state,
  onChange,
  evaluations,
  current,
  styles,
}: FilterBarProps): ReactNode {
  const stages = [...new Set(evaluations.map(({ stage }) => stage))];
  const splits = [
    ...new Set(evaluations.filter((one) => one.stage === current.stage).map((one) => one.split)),
  ];
  const narrowed = [state.label, state.has, state.lacks].filter((index) => index !== null).length;
  const changed = narrowed + (state.min > 0 || state.max < 1 ? 1 : 0);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Select
        aria-label="Stage"
        className="w-44"
        value={current.stage}
        onValueChange={(stage) => onChange({ stage })}
        options={stages.map((stage, index) => ({
          value: stage,
          label: STAGE_TITLES[stage],
          hint: `key ${index + 1}`,
        }))}
      />
      <Foldable title="Filter" icon={<ListFilter aria-hidden />} changed={changed}>
        <Select
          aria-label="Split"
          className="w-32 max-md:w-full"
          value={current.split}
          onValueChange={(split) => onChange({ split })}
          options={splits.map((split) => ({ value: split, label: split }))}
        />
        <Select
          aria-label="Class"
          className="w-44 max-md:w-full"
          value={state.label === null ? ALL : String(state.label)}
          onValueChange={(label) => onChange({ label: label === ALL ? null : Number(label) })}
          options={[
            { value: ALL, label: "All classes" },
            ...styles.map((style) => ({
              value: String(style.label),
              label: style.name,
              hint: `IoU ${formatIou(current.classes.find(({ label }) => label === style.label)?.iou ?? null)}`,
              icon: <ColourChip style={style} />,
            })),
          ]}
        />
        {LABEL_FILTERS.map(({ field, word }) => {
          const index = state[field];
          if (index === null) return null;
          const name = styles[index + 1]?.name ?? `class ${index}`;
          return (
            <Button
              key={field}
              size="small"
              aria-label={`Labelled ${word} ${name}: clear this filter`}
              onClick={() => onChange({ [field]: null })}
            >
              {word} {name}
              <X aria-hidden />
            </Button>
          );
        })}
        <Select
          aria-label="IoU range"
          className="w-32 max-md:w-full"
          value={`${state.min}-${state.max}`}
          onValueChange={(band) => {
            const [min, max] = band.split("-").map(Number);
            onChange({ min: min ?? 0, max: max ?? 1 });
          }}
          options={BANDS}
        />
        <Select<GallerySort>
          aria-label="Order"
          className="w-36 max-md:w-full"
          value={state.sort}
          onValueChange={(sort) => onChange({ sort })}
          options={[
            { value: "worst", label: "Worst first" },
            { value: "best", label: "Best first" },
            { value: "name", label: "By name" },
          ]}
        />
      </Foldable>
    </div>
  );
}
