"use client";
import { ERROR_CAUSES, type ErrorCause } from "@seedmask/core/contract";
import { formatCount, formatPercent } from "@seedmask/ui/format";
import { Button } from "@seedmask/ui/primitives/button";
import { Card } from "@seedmask/ui/primitives/card";
import { Segmented } from "@seedmask/ui/primitives/segmented";
import { Select } from "@seedmask/ui/primitives/select";
import { Empty } from "@seedmask/ui/states/empty";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import type { Evaluation, Run } from "#features/run/use-run.ts";
import { useTRPC } from "#trpc/client.tsx";
import type { RouterInputs } from "#trpc/types.ts";
import { CAUSE_TITLES } from "./causes.ts";
import { ReviewTile } from "./ReviewTile.tsx";
import type { Doubt } from "./StageDoubts.tsx";
import { type ReviewOrder, useReviewState } from "./use-review-state.ts";

type Source = RouterInputs["evidence"]["review"]["source"];

interface ReviewQueueProps {
  readonly run: Run;
  /** Scored masks whose errors were counted; null where there are none. */
  readonly evaluation: Evaluation | null;
  readonly doubts: readonly Doubt[];
}

const PAGE = 12;
const TITLES: Readonly<Record<ReviewOrder, string>> = {
  error: "Errors",
  disagreement: "Disagreement",
  entropy: "Entropy",
};

/** The ways this run's images can be ranked, the strongest evidence first. */
function ordersOf(
  { evaluation, doubts }: ReviewQueueProps,
  cause: ErrorCause | null,
): Partial<Record<ReviewOrder, Source>> {
  const split = evaluation?.split;
  const own = (has: (doubt: Doubt) => boolean): Doubt | undefined =>
    doubts.findLast((doubt) => has(doubt) && (split === undefined || doubt.split === split));
  const disagreeing = own(({ agreement }) => agreement !== null);
  const undecided = own(({ entropy }) => entropy !== null);
  return {
    ...(evaluation && { error: { by: "error", evaluationId: evaluation.id, cause } }),
    ...(disagreeing && { disagreement: { by: "disagreement", diagnosticId: disagreeing.id } }),
    ...(undecided && { entropy: { by: "entropy", diagnosticId: undecided.id } }),
  };
}

/** The images most worth a look, worst first, each leading to its own page. */
export function ReviewQueue(props: ReviewQueueProps) {
  const [state, setState] = useReviewState();
  const orders = ordersOf(props, state.cause);
  const names = Object.keys(orders) as ReviewOrder[];
  const by = names.find((name) => name === state.by) ?? names[0];
  const source = by && orders[by];
  if (!by || !source) return null;
  return (
    <Card
      id="review"
      title="Review queue"
      description="Worst first; a picture opens the image through all stages"
      actions={
        <div className="flex flex-wrap items-center gap-2">
          <Segmented
            label="Ranked by"
            value={by}
            onValueChange={(next) => void setState({ by: next })}
            options={names.map((name) => ({ value: name, label: TITLES[name] }))}
          />
          {by === "error" ? (
            <Select
              aria-label="Cause"
              className="w-44"
              value={state.cause ?? "all"}
              onValueChange={(next) =>
                void setState({ cause: ERROR_CAUSES.find((cause) => cause === next) ?? null })
              }
              options={[
                { value: "all", label: "All causes" },
                ...ERROR_CAUSES.map((cause) => ({ value: cause, label: CAUSE_TITLES[cause] })),
              ]}
            />
          ) : null}
        </div>
      }
    >
      <Ranked {...props} source={source} by={by} />
    </Card>
  );
}

interface RankedProps extends ReviewQueueProps {
  readonly source: Source;
  readonly by: ReviewOrder;
}

function Ranked({ run, evaluation, doubts, source, by }: RankedProps) {
  const trpc = useTRPC();
  const list = useInfiniteQuery(
    trpc.evidence.review.infiniteQueryOptions(
      { source, limit: PAGE },
      { getNextPageParam: (page) => page.next, placeholderData: keepPreviousData },
    ),
  );
  if (list.isPending) return <Loading label="Loading the queue" shape="tiles" count={6} />;
  if (list.isError && !list.data) {
    return (
      <Failed title="The queue could not be read" onRetry={() => void list.refetch()}>
        {list.error.message}
      </Failed>
    );
  }
  const rows = list.data.pages.flatMap((page) => page.rows);
  const total = list.data.pages[0]?.total ?? rows.length;
  if (rows.length === 0) {
    return <Empty title="Nothing to review">No image has an error of this cause.</Empty>;
  }
  const doubt =
    "diagnosticId" in source ? doubts.find(({ id }) => id === source.diagnosticId) : undefined;
  const artifact = doubt ? maskArtifact(run, doubt) : (evaluation?.artifact ?? null);
  return (
    <div className="flex flex-col gap-3">
      <ol
        aria-label="Images, worst first"
        className="grid grid-cols-[repeat(auto-fill,minmax(9.5rem,1fr))] gap-3"
      >
        {rows.map((image) => (
          <li key={image.imageKey}>
            <ReviewTile
              run={run}
              image={image}
              artifact={artifact}
              layer={by === "error" ? "difference" : "mask"}
              words={
                by === "entropy"
                  ? `entropy ${formatPercent(image.value, 1)}`
                  : `${formatPercent(image.value, 1)} of pixels`
              }
            />
          </li>
        ))}
      </ol>
      <div className="flex flex-wrap items-center gap-3">
        <p aria-live="polite" className="text-xs text-ink-3 tabular-nums">
          {formatCount(rows.length)} of {formatCount(total)} shown
        </p>
        {list.hasNextPage ? (
          <Button
            size="small"
            busy={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            Show more
          </Button>
        ) : null}
      </div>
    </div>
  );
}

/** The masks a doubt speaks of: those any evaluation of its stage scored, or the stage's own output. */
function maskArtifact(run: Run, { stage }: Doubt): string | null {
  const scored = run.evaluations.find((one) => one.stage === stage)?.artifact;
  const outputs = run.stages.flatMap((one) => one.outputs);
  return scored ?? outputs.find(({ kind }) => kind === MASK_KINDS[stage])?.hash ?? null;
}

const MASK_KINDS = {
  "make-seeds": "seed",
  "refine-seeds": "refined-seed",
  "make-pseudo-masks": "pseudo-mask",
  predict: "prediction",
} as const;
