"use client";
import { type EvaluationPolicy, STAGE_TITLES } from "@seedmask/core/contract";
import { Popover } from "@seedmask/ui/primitives/popover";
import { formatCount, formatNumber, formatPercent } from "@seedmask/ui/format";
import { Info } from "lucide-react";

interface Provenance {
  readonly policy: EvaluationPolicy;
  readonly images: number;
  readonly coverage?: number;
}

const THRESHOLD_WORDS = {
  fixed: "fixed",
  "labelled-train-images": "chosen on labelled train images",
  oracle: "oracle: chosen on the very ground truth it is scored on",
  none: "none",
} as const;
const ABSENT_WORDS = {
  "skip-absent": "left out of the mean",
  "ground-truth-only": "only classes in the ground truth count",
  "count-as-zero": "counted as 0",
} as const;

function threshold({ value, chosenBy, images }: EvaluationPolicy["threshold"]): string {
  const number = value === null ? "" : `${formatNumber(value)}, `;
  const seen = images > 0 ? ` (${formatCount(images)})` : "";
  return `${number}${THRESHOLD_WORDS[chosenBy]}${seen}`;
}

/** All that a number must say about itself before one may compare it. */
export function policyFacts({ policy, images, coverage }: Provenance): [string, string][] {
  return [
    ["Split", `${policy.split}, ${formatCount(images)} images`],
    ["Stage", STAGE_TITLES[policy.stage]],
    ["Trained on", policy.supervision === "masks" ? "true masks" : "image-level labels"],
    ["Labels at inference", policy.imageLabelsUsed ? "image labels used" : "not used"],
    ["Labels from", policy.labelSource],
    ["Threshold", threshold(policy.threshold)],
    ["Views", `scales ${policy.scales.join(", ")}${policy.flip ? ", mirrored" : ""}`],
    ["CRF", policy.crf ? "yes" : "no"],
    ["Absent classes", ABSENT_WORDS[policy.absentClassRule]],
    [
      "Predicted 255",
      policy.predictedIgnoreRule === "excluded"
        ? `not scored${coverage === undefined ? "" : `; ${formatPercent(coverage, 1)} of pixels are`}`
        : "counted as background",
    ],
  ];
}

/** Split and stage beside a number; the whole policy behind it. */
export function ProvenanceChip(provenance: Provenance) {
  const { policy } = provenance;
  const words = [
    policy.split,
    STAGE_TITLES[policy.stage].toLowerCase(),
    ...(policy.imageLabelsUsed ? ["labels used"] : []),
    ...(policy.threshold.chosenBy === "oracle" ? ["oracle threshold"] : []),
    ...(policy.supervision === "masks" ? ["upper reference"] : []),
  ];
  return (
    <Popover
      label="Where this number comes from"
      align="start"
      trigger={
        <button
          type="button"
          className="inline-flex h-6 items-center gap-1.5 rounded-full border border-line-strong/60 px-2 text-xs text-ink-2 hover:bg-sunken"
        >
          {words.join(" · ")}
          <Info aria-hidden className="size-3.5 text-ink-3" />
        </button>
      }
    >
      <dl className="grid max-w-80 grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 text-xs">
        {policyFacts(provenance).map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-3">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Popover>
  );
}
