import { type EvaluationPolicy, STAGE_TITLES } from "@seedmask/core/contract";
import { formatCount, formatNumber, formatPercent } from "@seedmask/ui/format";
import { type Evaluation, originOf, type Run } from "./use-run.ts";

export interface Provenance {
  readonly policy: EvaluationPolicy;
  readonly images: number;
  /** Share of scored pixels that were given a label. */
  readonly coverage?: number;
  /** Name and version of the dataset; its hash stands in where they are not at hand. */
  readonly dataset?: string;
  /** Seeds of the runs the number speaks of. */
  readonly seeds?: readonly number[];
  /** What the run took in from elsewhere, where it did. */
  readonly origin?: string | undefined;
}

/** What an evaluation of a run must say about itself. */
export const provenanceOf = (
  { policy, images, coverage }: Pick<Evaluation, "policy" | "images" | "coverage">,
  run: Pick<Run, "dataset" | "seed" | "config">,
): Provenance => ({
  policy,
  images,
  coverage,
  dataset: `${run.dataset.name} v${run.dataset.version}`,
  seeds: [run.seed],
  origin: originOf(run),
});

const THRESHOLD_WORDS = {
  fixed: "fixed in the config",
  "labelled-train-images": "chosen on labelled train images",
  oracle: "oracle: chosen on the very ground truth it is scored on",
  none: "none",
} as const;
const ABSENT_WORDS = {
  "skip-absent": "left out of the mean",
  "ground-truth-only": "only classes in the ground truth count",
  "count-as-zero": "counted as 0",
} as const;

function thresholdWords({ value, chosenBy, images }: EvaluationPolicy["threshold"]): string {
  const number = value === null ? "" : `${formatNumber(value)}, `;
  const seen = images > 0 ? ` (${formatCount(images)})` : "";
  return `${number}${THRESHOLD_WORDS[chosenBy]}${seen}`;
}

function ignoreWords({ predictedIgnoreRule }: EvaluationPolicy, coverage?: number): string {
  if (predictedIgnoreRule === "as-background")
    return "true 255 not scored; predicted 255 counts as background";
  const scored = coverage === undefined ? "" : `; ${formatPercent(coverage, 1)} of pixels are`;
  return `true and predicted 255 not scored${scored}`;
}

/** Of what was made elsewhere, nobody here knows how its images were looked at. */
const viewWords = ({ scales, flip }: EvaluationPolicy): string =>
  scales.length === 0
    ? "made elsewhere"
    : `scales ${scales.join(", ")}; ${flip ? "mirrored too" : "not mirrored"}`;

function seedWords(seeds: readonly number[]): string {
  if (seeds.length === 1) return `${seeds[0]}, one run`;
  return `${seeds.join(", ")}: mean of ${seeds.length} runs`;
}

/** All that a number must say about itself before one may compare it. */
export function policyFacts({
  policy,
  images,
  coverage,
  dataset,
  seeds,
  origin,
}: Provenance): [string, string][] {
  return [
    ["Dataset", dataset ?? policy.dataset.slice(0, 12)],
    ["Split", `${policy.split}, ${formatCount(images)} images`],
    ["Ground truth", "the dataset’s own masks, counted over the whole split"],
    ["Stage", STAGE_TITLES[policy.stage]],
    ["Trained on", policy.supervision === "masks" ? "true masks" : "image-level labels"],
    ...(origin ? [["Goes on from", origin] satisfies [string, string]] : []),
    ["Labels at inference", policy.imageLabelsUsed ? "image labels used" : "not used"],
    ["Labels from", policy.labelSource],
    ["Threshold", thresholdWords(policy.threshold)],
    ["Views", viewWords(policy)],
    ["CRF", policy.crf ? "yes" : "no"],
    ["Absent classes", ABSENT_WORDS[policy.absentClassRule]],
    ["Ignored pixels", ignoreWords(policy, coverage)],
    ...(seeds === undefined ? [] : [["Seeds", seedWords(seeds)] satisfies [string, string]]),
  ];
}

/** The part of a policy that must be seen without a click. */
export const policyWords = (
  policy: EvaluationPolicy,
  { stage = true }: { readonly stage?: boolean } = {},
): string =>
  [
    policy.split,
    ...(stage ? [STAGE_TITLES[policy.stage].toLowerCase()] : []),
    ...(policy.imageLabelsUsed ? ["labels used"] : []),
    ...(policy.predictedIgnoreRule === "as-background" ? ["255 as background"] : []),
    ...(policy.threshold.chosenBy === "oracle" ? ["oracle threshold"] : []),
    ...(policy.supervision === "masks" ? ["upper reference"] : []),
  ].join(" · ");
