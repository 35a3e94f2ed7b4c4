import { MASK_STAGES, type MaskStage, STAGE_TITLES } from "@seedmask/core/contract";
import type { RouterOutputs } from "#trpc/types.ts";

type Run = RouterOutputs["runs"]["get"];
type Evaluation = Run["evaluations"][number];

/** One thing compared: what a run had after a stage. The first column is the baseline. */
export interface Column {
  readonly key: string;
  readonly run: Run;
  readonly stage: MaskStage;
  readonly title: string;
  readonly evaluation: Evaluation;
}

export const MOST_COLUMNS = 6;

/** Split that most of the asked stages of all runs were scored on. */
function sharedSplit(runs: readonly Run[], stages: readonly MaskStage[]): string | undefined {
  const votes = new Map<string, number>();
  for (const { evaluations } of runs) {
    const splits = evaluations.filter(({ stage }) => stages.some((one) => one === stage));
    for (const split of new Set(splits.map((one) => one.split))) {
      votes.set(split, (votes.get(split) ?? 0) + 1);
    }
  }
  return [...votes].toSorted((one, other) => other[1] - one[1])[0]?.[0];
}

/** Run × stage, runs first, as far as there are numbers. */
export function columnsOf(runs: readonly Run[], stages: readonly MaskStage[]): Column[] {
  const split = sharedSplit(runs, stages);
  return runs
    .flatMap((run) =>
      MASK_STAGES.filter((stage) => stages.includes(stage)).flatMap((stage): Column[] => {
        const evaluation = run.evaluations.findLast(
          (one) => one.stage === stage && one.split === split,
        );
        const title = `${run.title ?? run.name} · ${STAGE_TITLES[stage]}`;
        return evaluation === undefined
          ? []
          : [{ key: `${run.id}:${stage}`, run, stage, title, evaluation }];
      }),
    )
    .slice(0, MOST_COLUMNS);
}

const POLICY_WORDS: readonly (readonly [
  words: string,
  read: (policy: Evaluation["policy"]) => string,
])[] = [
  ["split", ({ split }) => split],
  ["image labels used", ({ imageLabelsUsed }) => (imageLabelsUsed ? "yes" : "no")],
  ["threshold", ({ threshold }) => threshold.chosenBy],
  ["scales", ({ scales }) => scales.join(", ")],
  ["mirror", ({ flip }) => (flip ? "on" : "off")],
  ["CRF", ({ crf }) => (crf ? "on" : "off")],
  ["absent classes", ({ absentClassRule }) => absentClassRule],
  ["predicted 255", ({ predictedIgnoreRule }) => predictedIgnoreRule],
  ["supervision", ({ supervision }) => supervision],
];

/** Why two numbers may not simply be subtracted; empty where they may. */
export function policyDifferences(
  one: Evaluation["policy"],
  other: Evaluation["policy"],
): string[] {
  return POLICY_WORDS.flatMap(([words, read]) =>
    read(one) === read(other) ? [] : [`${words}: ${read(one)} against ${read(other)}`],
  );
}
