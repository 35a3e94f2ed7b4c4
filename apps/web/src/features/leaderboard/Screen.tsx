"use client";
import { type EvaluationPolicy, STAGE_TITLES } from "@seedmask/core/contract";
import { Select } from "@seedmask/ui/primitives/select";
import { Empty } from "@seedmask/ui/states/empty";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryStates } from "nuqs";
import { PageHeader } from "#features/shell/PageHeader.tsx";
import { policyFacts } from "#features/run/provenance.ts";
import { useTRPC } from "#trpc/client.tsx";
import { ViewsMenu } from "#features/views/ViewsMenu.tsx";
import { Ranking } from "./Ranking.tsx";

/** A policy in few words; the facts below say the rest. */
const nameOf = (policy: EvaluationPolicy): string =>
  [
    STAGE_TITLES[policy.stage],
    policy.split,
    ...(policy.imageLabelsUsed ? ["labels used"] : []),
    ...(policy.threshold.chosenBy === "oracle" ? ["oracle threshold"] : []),
    ...(policy.crf ? ["CRF"] : []),
    policy.scales.length === 0 ? "made elsewhere" : `scales ${policy.scales.join(", ")}`,
  ].join(" · ");

/** Numbers that may be compared: one dataset version, one policy at a time. */
export function LeaderboardScreen() {
  const trpc = useTRPC();
  const [view, setView] = useQueryStates({ dataset: parseAsString, policy: parseAsString });
  const datasets = useQuery(trpc.datasets.list.queryOptions());
  const used = datasets.data?.filter(({ runs }) => runs > 0) ?? [];
  const dataset = used.find(({ hash }) => hash === view.dataset) ?? used[0];
  const policies = useQuery({
    ...trpc.leaderboard.policies.queryOptions(dataset ? { dataset: dataset.hash } : {}),
    enabled: dataset !== undefined,
  });
  const predicted = policies.data?.filter(({ policy }) => policy.stage === "predict") ?? [];
  const final = predicted.find(({ policy }) => policy.split !== "train") ?? predicted[0];
  const chosen =
    policies.data?.find(({ policyKey }) => policyKey === view.policy) ??
    final ??
    policies.data?.[0];

  if (datasets.isPending || (dataset && policies.isPending)) {
    return <Loading label="Loading the leaderboard" shape="rows" count={8} />;
  }
  if (policies.isError) {
    return (
      <Failed title="The leaderboard could not be read" onRetry={() => void policies.refetch()}>
        {policies.error.message}
      </Failed>
    );
  }
  return (
    <>
      <PageHeader
        title="Leaderboard"
        description="Numbers of one policy only: others may not be compared with them."
        actions={<ViewsMenu page="leaderboard" />}
      />
      {dataset && chosen ? (
        <div className="grid grid-cols-1 gap-4">
          <div className="flex flex-wrap gap-3">
            <Select
              aria-label="Dataset"
              className="w-full sm:w-56"
              value={dataset.hash}
              onValueChange={(hash) => void setView({ dataset: hash, policy: null })}
              options={used.map(({ hash, name, version }) => ({
                value: hash,
                label: `${name} v${version}`,
              }))}
            />
            <Select
              aria-label="Policy"
              className="w-full sm:w-auto sm:min-w-96"
              value={chosen.policyKey}
              onValueChange={(policy) => void setView({ policy })}
              options={(policies.data ?? []).map(({ policyKey, policy, runs }) => ({
                value: policyKey,
                label: nameOf(policy),
                hint: runs === 1 ? "1 run" : `${runs} runs`,
              }))}
            />
          </div>
          <Ranking policyKey={chosen.policyKey} policy={chosen.policy} classes={dataset.classes} />
          <PolicyFacts policy={chosen.policy} images={dataset.splits[chosen.policy.split] ?? 0} />
        </div>
      ) : (
        <Empty title="Nothing was scored yet">
          A run appears here once one of its stages was scored on a split with true masks.
        </Empty>
      )}
    </>
  );
}

interface PolicyFactsProps {
  readonly policy: EvaluationPolicy;
  readonly images: number;
}

function PolicyFacts({ policy, images }: PolicyFactsProps) {
  const shared = policyFacts({ policy, images }).filter(
    ([name]) => name !== "Trained on" && name !== "Threshold",
  );
  return (
    <section aria-label="Policy of these numbers">
      <h2 className="mb-2 text-xs font-medium text-ink-3">All of these numbers</h2>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 text-xs sm:grid-cols-[auto_1fr_auto_1fr]">
        {shared.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-3">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
