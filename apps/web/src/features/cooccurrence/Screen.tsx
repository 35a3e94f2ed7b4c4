"use client";
import { leakageMeans, leakageShares } from "@seedmask/core/contract";
import { formatCount } from "@seedmask/ui/format";
import { Card } from "@seedmask/ui/primitives/card";
import { Segmented } from "@seedmask/ui/primitives/segmented";
import { Empty } from "@seedmask/ui/states/empty";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { useQuery } from "@tanstack/react-query";
import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { type Run, useRun } from "#features/run/use-run.ts";
import { useTRPC } from "#trpc/client.tsx";
import { LabelMatrix } from "./LabelMatrix.tsx";
import { LeakageMatrix } from "./LeakageMatrix.tsx";
import { PairTable } from "./PairTable.tsx";
import { pairsOf } from "./pairs.ts";
import { Partner } from "./Partner.tsx";

const MEASURES = ["share", "mean"] as const;

const useCoOccurrenceState = () =>
  useQueryStates(
    {
      split: parseAsString,
      class: parseAsInteger,
      partner: parseAsInteger,
      measure: parseAsStringLiteral(MEASURES).withDefault("share"),
    },
    { history: "replace" },
  );

/** Which classes come together, and what that does to their CAMs. */
export function CoOccurrenceScreen({ runId }: { readonly runId: string }) {
  const run = useRun(runId);
  const trpc = useTRPC();
  const [state, setState] = useCoOccurrenceState();
  const splits = [...new Set([run.config.trainSplit, run.config.evaluationSplit])];
  const split = splits.find((one) => one === state.split) ?? run.config.trainSplit;
  const labels = useQuery(
    trpc.evidence.coOccurrence.queryOptions({ dataset: run.dataset.hash, split }),
  );
  const evidence = useQuery(trpc.evidence.list.queryOptions({ runId }));
  const broken = labels.error ?? evidence.error;
  if (broken) {
    const again = (): void => void (labels.isError ? labels.refetch() : evidence.refetch());
    return (
      <Failed title="Co-occurrence could not be read" onRetry={again}>
        {broken.message}
      </Failed>
    );
  }
  if (!labels.data || !evidence.data) return <Loading label="Loading labels" shape="chart" />;
  const { classes } = run.dataset;
  const seeds = evidence.data.find((one) => one.stage === "make-seeds" && one.split === split);
  const leakage = seeds?.leakage ?? null;
  const pairs = pairsOf({ classes: classes.length, labels: labels.data, leakage });
  const first = pairs[0];
  const pair =
    state.class !== null && state.partner !== null
      ? { classIndex: state.class, partner: state.partner }
      : (first ?? null);
  const choose = (classIndex: number, partner: number): void => {
    if (classIndex !== partner) void setState({ class: classIndex, partner });
  };
  return (
    <div className="grid grid-cols-1 gap-5">
      <div className="flex flex-wrap items-center gap-3">
        <Segmented
          label="Split"
          value={split}
          onValueChange={(next) => void setState({ split: next })}
          options={splits.map((one) => ({ value: one, label: one }))}
        />
        <p className="text-xs text-ink-3 tabular-nums">
          {formatCount(labels.data.images)} images of {split}; choose a cell to see the pair
        </p>
      </div>
      <div className="grid grid-cols-1 items-start gap-5 xl:grid-cols-2">
        <Card title="Image labels" description="Images that hold both; colour is PMI in bits">
          <LabelMatrix classes={classes} labels={labels.data} pair={pair} onSelect={choose} />
        </Card>
        <Card
          title="CAM leakage"
          description="Where the seeds’ CAM of each class lies in the true masks"
          actions={
            leakage ? (
              <Segmented
                label="Measure"
                value={state.measure}
                onValueChange={(measure) => void setState({ measure })}
                options={[
                  { value: "share", label: "Share of CAM" },
                  { value: "mean", label: "Mean CAM" },
                ]}
              />
            ) : null
          }
        >
          {leakage ? (
            <LeakageMatrix
              classes={classes}
              values={state.measure === "share" ? leakageShares(leakage) : leakageMeans(leakage)}
              measure={state.measure}
              pair={pair}
              onSelect={choose}
            />
          ) : (
            <NoLeakage run={run} split={split} scored={seeds !== undefined} />
          )}
        </Card>
      </div>
      {pair ? <Partner key={split} run={run} split={split} {...pair} /> : null}
      <Card title="Pairs" description="Strongest leakage first, then strongest PMI" flush>
        <PairTable classes={classes} pairs={pairs} chosen={pair} onSelect={choose} />
      </Card>
    </div>
  );
}

interface NoLeakageProps {
  readonly run: Run;
  readonly split: string;
  /** Whether seeds of this split were scored, by a version that did not count leakage. */
  readonly scored: boolean;
}

function NoLeakage({ run, split, scored }: NoLeakageProps) {
  const seeds = run.stages.find(({ stage }) => stage === "make-seeds");
  if (!seeds) {
    return (
      <Empty title="No CAM in this run">
        It trains on true masks, so nothing has to be found from image labels.
      </Empty>
    );
  }
  if (scored) {
    return (
      <Empty title="Not counted for this run">
        An earlier version made these seeds. Run “Make seeds” again to see where their CAM lies.
      </Empty>
    );
  }
  const done = seeds.status === "succeeded" || seeds.status === "cached";
  return done ? (
    <Empty title="No true masks">{`Split ${split} has none to look up the CAM in.`}</Empty>
  ) : (
    <Empty title="Not yet">The matrix appears after “Make seeds”.</Empty>
  );
}
