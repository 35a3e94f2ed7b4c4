import { ERROR_CAUSES, type ErrorCause, type MaskNoise } from "@seedmask/core/contract";
import { ShareBar } from "@seedmask/ui/charts/share-bar";
import { CAUSE_HELP, CAUSE_TITLES } from "./causes.ts";

interface NoiseBudgetProps {
  readonly noise: MaskNoise;
  /** Shows the images where a cause is worst. */
  readonly onSelect: (cause: ErrorCause) => void;
}

/** The wrong pixels by cause: each has one, so the shares add up to all errors. */
export function NoiseBudget({ noise, onSelect }: NoiseBudgetProps) {
  return (
    <ShareBar
      label="Wrong pixels by cause"
      onSelect={onSelect}
      parts={ERROR_CAUSES.map((cause, at) => ({
        key: cause,
        label: CAUSE_TITLES[cause],
        help: CAUSE_HELP[cause],
        value: noise.causes[at] ?? 0,
      }))}
    />
  );
}
