import type { ValidationFinding } from "@seedmask/core/contract";

interface Check {
  readonly title: string;
  /** Words the validator gives what it finds. */
  readonly words: readonly string[];
}

/** What the validator looks at, in the words of the one who has to mend it. */
export const CHECKS: readonly Check[] = [
  {
    title: "Files can be read",
    words: ["image-unreadable", "image-too-large", "mask-unreadable", "unreadable", "symlink"],
  },
  { title: "Every mask has its image", words: ["missing-pair", "missing-image"] },
  { title: "Masks have the size of their images", words: ["mask-size"] },
  {
    title: "Mask values are classes, background or 255",
    words: ["mask-value", "mask-colours"],
  },
  { title: "Masks are not of one single value", words: ["mask-uniform"] },
  { title: "Labels and masks agree", words: ["labels-disagree"] },
  {
    title: "Labels are there and known",
    words: ["no-label", "labels-missing", "labels-unreadable", "unknown-class", "unknown-id"],
  },
  {
    title: "Ids and classes are there once",
    words: ["duplicate-id", "duplicate-class", "class-count", "class-unused"],
  },
  { title: "No picture is in two splits", words: ["leak", "duplicate-image"] },
  {
    title: "Splits are given",
    words: ["missing-split", "no-split", "split-made", "split-overlap"],
  },
  { title: "Pictures are upright and in RGB", words: ["exif-rotated", "colour-space"] },
];

export interface CheckOutcome {
  readonly title: string;
  readonly findings: readonly ValidationFinding[];
  /** The worst of its findings; null where it passed. */
  readonly severity: ValidationFinding["severity"] | null;
}

const ORDER = ["error", "warning", "info"] as const;

function outcomeOf(title: string, findings: readonly ValidationFinding[]): CheckOutcome {
  const severity = ORDER.find((each) => findings.some((one) => one.severity === each)) ?? null;
  return { title, findings, severity };
}

/** Every check with what it found; findings of no check of the list come last, under their own name. */
export function outcomesOf(findings: readonly ValidationFinding[]): CheckOutcome[] {
  const listed = new Set(CHECKS.flatMap(({ words }) => words));
  const rest = findings.filter(({ check }) => !listed.has(check));
  return [
    ...CHECKS.map(({ title, words }) =>
      outcomeOf(
        title,
        findings.filter(({ check }) => words.includes(check)),
      ),
    ),
    ...(rest.length > 0 ? [outcomeOf("Other remarks", rest)] : []),
  ];
}
