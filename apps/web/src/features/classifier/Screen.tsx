"use client";
import { formatCount, formatPercent } from "@seedmask/ui/format";
import { Card } from "@seedmask/ui/primitives/card";
import { Empty } from "@seedmask/ui/states/empty";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { useQuery } from "@tanstack/react-query";
import { type Run, useRun } from "#features/run/use-run.ts";
import { classStyles } from "#lib/class-styles.ts";
import { useTRPC } from "#trpc/client.tsx";
import { ClassifierClasses } from "./ClassifierClasses.tsx";
import { MassScatter } from "./MassScatter.tsx";

/** How well the classifier knows each class: a bad seed is often a bad classifier. */
export function ClassifierScreen({ runId }: { readonly runId: string }) {
  const run = useRun(runId);
  const trpc = useTRPC();
  const found = useQuery(trpc.evidence.classifier.queryOptions({ runId }));
  if (found.isPending) return <Loading label="Loading the classifier" shape="rows" count={6} />;
  if (found.isError) {
    return (
      <Failed title="The classifier could not be read" onRetry={() => void found.refetch()}>
        {found.error.message}
      </Failed>
    );
  }
  const health = found.data.at(-1);
  if (!health) return <NoHealth run={run} />;
  const styles = classStyles(run.dataset.classes);
  const facts = [
    `mAP ${formatPercent(health.meanAveragePrecision, 1)}`,
    `${formatCount(health.images)} images of ${health.split}`,
    `${formatPercent(health.absentMass, 1)} of CAM mass on classes that are not in the image`,
  ];
  return (
    <div className="grid grid-cols-1 gap-5">
      <Card
        title="Image classifier by class"
        description={`${facts.join(" · ")}. F1, precision and recall at probability 0.5.`}
        flush
      >
        <ClassifierClasses classes={health.classes} styles={styles} runId={runId} />
      </Card>
      <Card
        title="CAM mass against probability"
        description="Every image and class; dots are the means of classes. Mass is the mean of the rectified class map, in logits."
      >
        <MassScatter health={health} styles={styles} />
      </Card>
    </div>
  );
}

function NoHealth({ run }: { readonly run: Run }) {
  const stage = run.stages.find((one) => one.stage === "train-classifier");
  if (!stage) {
    return (
      <Empty title="No classifier in this run">
        It trains the segmenter on true masks, from weights that need no image labels.
      </Empty>
    );
  }
  return stage.status === "succeeded" || stage.status === "cached" ? (
    <Empty title="Not measured for this run">
      An earlier version trained this classifier. Run “Train classifier” again to see its health.
    </Empty>
  ) : (
    <Empty title="Not yet">The classifier is examined as soon as it is trained.</Empty>
  );
}
