import { thresholdOfAlpha } from "@seedmask/core/contract";
import { Field } from "@seedmask/ui/primitives/field";
import { Input } from "@seedmask/ui/primitives/input";
import { type ReactNode, useState } from "react";

export interface ThresholdFieldsProps {
  readonly threshold: number;
  readonly alpha: number | null;
  readonly onThreshold: (threshold: number) => void;
}

/** Threshold and the exponent that gives the same hard labels: one knob with two scales. */
export function ThresholdFields({
  threshold,
  alpha,
  onThreshold,
}: ThresholdFieldsProps): ReactNode {
  return (
    <div className="flex gap-3">
      <NumberField label="Threshold" value={threshold.toFixed(3)} onCommit={onThreshold} />
      <NumberField
        label="Alpha"
        value={alpha === null ? "—" : alpha.toFixed(1)}
        onCommit={(value) => {
          if (value > 0) onThreshold(thresholdOfAlpha(value));
        }}
      />
    </div>
  );
}

/** Shows the value until it is typed into; what is typed counts on Enter or on leaving. */
function NumberField({
  label,
  value,
  onCommit,
}: {
  label: string;
  value: string;
  onCommit: (value: number) => void;
}): ReactNode {
  const [typed, setTyped] = useState<string | null>(null);
  const commit = (): void => {
    const number = Number(typed?.replace(",", "."));
    if (typed !== null && typed.trim() !== "" && Number.isFinite(number)) onCommit(number);
    setTyped(null);
  };
  return (
    <Field label={label} className="w-24">
      {(control) => (
        <Input
          {...control}
          inputMode="decimal"
          className="tabular-nums"
          value={typed ?? value}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={commit}
          onKeyDown={(event) => event.key === "Enter" && commit()}
        />
      )}
    </Field>
  );
}
