"use client";
import { STAGE_TITLES } from "@seedmask/core/contract";
import { Histogram } from "@seedmask/ui/charts/histogram";
import { formatCount, formatPercent } from "@seedmask/ui/format";
import { Card } from "@seedmask/ui/primitives/card";
import { Select } from "@seedmask/ui/primitives/select";
import { ConfusionMatrix } from "@seedmask/ui/segmentation/confusion-matrix";
import { Empty } from "@seedmask/ui/states/empty";
import { parseAsInteger, useQueryState } from "nuqs";
import type { Run } from "#features/run/use-run.ts";
import { classStyles } from "#lib/class-styles.ts";
import type { RouterOutputs } from "#trpc/types.ts";

export type Doubt = RouterOutputs["evidence"]["doubts"][number];

interface StageDoubtsProps {
  readonly run: Run;
  readonly doubts: readonly Doubt[];
}

const IGNORED_COLOUR = [224, 224, 192] as const;

/** Share of pixels off the diagonal of labels by labels. */
function changedShare({ labels, counts }: NonNullable<Doubt["agreement"]>): number | null {
  const all = counts.reduce((sum, count) => sum + count, 0);
  const same = counts.reduce((sum, count, at) => sum + (at % (labels + 2) === 0 ? count : 0), 0);
  return all === 0 ? null : 1 - same / all;
}

const factsOf = ({ agreement, entropy }: Doubt): string =>
  [
    agreement &&
      `${formatPercent(changedShare(agreement), 1)} of pixels differ from “${STAGE_TITLES[agreement.from]}”`,
    entropy && `mean entropy ${formatPercent(entropy.mean, 1)} of the most there can be`,
  ]
    .filter(Boolean)
    .join("; ");

/** What needs no ground truth: where a stage changed labels, and how undecided its scores were. */
export function StageDoubts({ run, doubts }: StageDoubtsProps) {
  const [id, setId] = useQueryState("doubt", parseAsInteger);
  const chosen =
    doubts.find((doubt) => doubt.id === id) ?? doubts.findLast((doubt) => doubt.agreement);
  const shown = chosen ?? doubts.at(-1);
  if (!shown) {
    return (
      <Card title="Without ground truth">
        <Empty title="Nothing to compare yet">
          Disagreement appears once two stages have made masks of the same images.
        </Empty>
      </Card>
    );
  }
  const { agreement, entropy } = shown;
  const styles = [
    ...classStyles(run.dataset.classes),
    { label: run.dataset.classes.length + 1, name: "255", colour: IGNORED_COLOUR },
  ];
  return (
    <Card
      title="Without ground truth"
      description={`${factsOf(shown)}. ${formatCount(shown.images)} images of ${shown.split}.`}
      actions={
        <Select
          aria-label="Stage to compare"
          className="w-full sm:w-64"
          value={String(shown.id)}
          onValueChange={(next) => void setId(Number(next))}
          options={doubts.map((doubt) => ({
            value: String(doubt.id),
            label: `${STAGE_TITLES[doubt.stage]}, ${doubt.split}`,
          }))}
        />
      }
    >
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
        {agreement ? (
          <ConfusionMatrix
            labels={agreement.labels + 1}
            matrix={agreement.counts}
            styles={styles}
            corner={STAGE_TITLES[agreement.from]}
            caption={`Rows are “${STAGE_TITLES[agreement.from]}”, columns “${STAGE_TITLES[shown.stage]}”; shares of the row’s pixels.`}
          />
        ) : (
          <p className="text-sm text-ink-3">The first masks of a run have none to differ from.</p>
        )}
        {entropy ? (
          <div>
            <p className="pb-2 text-xs text-ink-3">
              Pixels by entropy of their label scores: 0 is sure, 1 is all labels alike.
            </p>
            <Histogram
              label="Pixels by entropy"
              counts={entropy.counts}
              range={[0, 1]}
              mark={entropy.mean}
              height={160}
            />
          </div>
        ) : (
          <p className="text-sm text-ink-3">This stage keeps no scores, so it has no entropy.</p>
        )}
      </div>
    </Card>
  );
}
