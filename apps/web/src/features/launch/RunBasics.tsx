"use client";
import { Card } from "@seedmask/ui/primitives/card";
import { Field } from "@seedmask/ui/primitives/field";
import { Input } from "@seedmask/ui/primitives/input";
import { Select } from "@seedmask/ui/primitives/select";
import { formatCount } from "@seedmask/ui/format";
import type { RouterOutputs } from "#trpc/types.ts";

type Dataset = RouterOutputs["datasets"]["list"][number];

interface RunBasicsProps {
  readonly datasets: readonly Dataset[];
  readonly dataset: Dataset;
  readonly onDataset: (hash: string) => void;
  readonly title: string;
  readonly onTitle: (title: string) => void;
  readonly repeats: number;
  readonly onRepeats: (repeats: number) => void;
  /** First seed; null while the config is not valid. */
  readonly seed: number | null;
}

const hint = ({ images, classes, masks }: Dataset): string =>
  `${formatCount(images)} images, ${classes.length} classes, ${formatCount(masks)} masks`;

export function RunBasics(props: RunBasicsProps) {
  const { datasets, dataset, onDataset, title, onTitle, repeats, onRepeats, seed } = props;
  const lastSeed = seed === null ? null : seed + repeats - 1;
  return (
    <Card>
      <div className="grid items-start gap-5 sm:grid-cols-2 xl:grid-cols-3">
        <Field label="Dataset" help={hint(dataset)}>
          {(control) => (
            <Select
              {...control}
              value={dataset.hash}
              onValueChange={onDataset}
              options={datasets.map((one) => ({
                value: one.hash,
                label: `${one.name} v${one.version}`,
                hint: hint(one),
              }))}
            />
          )}
        </Field>
        <Field label="Title" help="Optional; every run gets a readable name of its own">
          {(control) => (
            <Input
              {...control}
              value={title}
              maxLength={200}
              onChange={(event) => onTitle(event.target.value)}
            />
          )}
        </Field>
        <Field
          label="Repeats"
          unit="runs"
          help={
            repeats === 1 || seed === null
              ? "More than one gives mean ± deviation over seeds"
              : `Seeds ${seed} … ${lastSeed}`
          }
        >
          {(control) => (
            <Select
              {...control}
              value={String(repeats)}
              onValueChange={(value) => onRepeats(Number(value))}
              options={[1, 2, 3, 5, 10].map((count) => ({
                value: String(count),
                label: String(count),
              }))}
            />
          )}
        </Field>
      </div>
    </Card>
  );
}
