import { LineChart } from "@seedmask/ui/charts/line-chart";
import { Card } from "@seedmask/ui/primitives/card";
import { Empty } from "@seedmask/ui/states/empty";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "#trpc/client.tsx";

/** Terms of SEAM's loss, by the names of their curves. */
const TERMS = [
  { name: "equivariance-loss", label: "Equivariance (ER)" },
  { name: "cross-regularisation-loss", label: "Cross regularisation (ECR)" },
  { name: "classification-loss", label: "Classification" },
] as const;

/** The terms of the training's loss over its steps. */
export function Losses({ runId }: { readonly runId: string }) {
  const trpc = useTRPC();
  const curves = useQuery(
    trpc.runs.metrics.queryOptions({
      runId,
      stage: "train-classifier",
      names: TERMS.map(({ name }) => name),
      maxPoints: 600,
    }),
  );
  const found = TERMS.flatMap(({ name, label }) => {
    const one = curves.data?.find((each) => each.name === name);
    return one ? [{ ...one, label }] : [];
  });
  return (
    <Card title="Losses" description="Terms of the siamese step’s loss; each has weight 1">
      {curves.isPending ? (
        <Loading label="Loading curves" shape="chart" />
      ) : curves.isError ? (
        <Failed title="The curves could not be read" onRetry={() => void curves.refetch()}>
          {curves.error.message}
        </Failed>
      ) : found.length === 0 ? (
        <Empty title="No curve yet">They are drawn while the classifier trains.</Empty>
      ) : (
        <div className="grid gap-6 lg:grid-cols-3">
          {found.map(({ name, label, steps, values }) => (
            <LineChart
              key={name}
              label={`${label} by step`}
              height={180}
              series={[{ key: name, label, steps, values, better: "lower" }]}
            />
          ))}
        </div>
      )}
    </Card>
  );
}
