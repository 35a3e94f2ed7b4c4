"use client";
import { STAGE_TITLES } from "@seedmask/core/contract";
import { Badge } from "@seedmask/ui/primitives/badge";
import { Breadcrumb } from "@seedmask/ui/primitives/breadcrumb";
import { Card } from "@seedmask/ui/primitives/card";
import { Notice } from "@seedmask/ui/primitives/notice";
import { formatBytes } from "@seedmask/ui/format";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { useQuery } from "@tanstack/react-query";
import { Link } from "#lib/link.tsx";
import { Age } from "#features/runs/Age.tsx";
import { useAccount } from "#features/shell/AccountContext.tsx";
import { mayAct } from "#features/shell/account.ts";
import { PageHeader } from "#features/shell/PageHeader.tsx";
import { useTRPC } from "#trpc/client.tsx";
import { BackendFacts } from "./BackendFacts.tsx";
import { Fact, Facts } from "./Facts.tsx";
import { StagesDone } from "./StagesDone.tsx";
import { Unpair } from "./Unpair.tsx";
import { WorkerLoad } from "./WorkerLoad.tsx";
import { nameOf, stateOf, warningsOf } from "./worker-state.ts";

const REFRESH_MS = 5_000;

/** One worker: machine, load over the last hours, compute backend, and what it did. */
export function WorkerScreen({ id }: { readonly id: string }) {
  const trpc = useTRPC();
  const account = useAccount();
  const query = useQuery({
    ...trpc.workers.get.queryOptions({ id }),
    refetchInterval: REFRESH_MS,
  });
  if (query.isPending) return <Loading label="Loading the worker" shape="rows" count={6} />;
  if (query.data === undefined) {
    return (
      <Failed title="The worker could not be read" onRetry={() => void query.refetch()}>
        {query.error?.message}
      </Failed>
    );
  }
  const worker = query.data;
  const { tone, word } = stateOf(worker);
  const mayUnpair =
    mayAct(account, "admin") && worker.pairing !== null && worker.pairing.revokedAt === null;
  return (
    <>
      <Breadcrumb
        items={[
          { key: "queue", node: <Link href="/queue">Queue & workers</Link> },
          { key: "worker", node: nameOf(worker) },
        ]}
      />
      <div className="mt-3">
        <PageHeader
          title={
            <span className="inline-flex flex-wrap items-center gap-2">
              {nameOf(worker)} <Badge tone={tone}>{word}</Badge>
            </span>
          }
          description={`${worker.hostname}, process ${worker.pid}`}
          actions={mayUnpair ? <Unpair id={id} name={nameOf(worker)} /> : null}
        />
      </div>
      <div className="grid grid-cols-1 gap-5">
        {!worker.alive && worker.leftAt === null ? (
          <Notice tone="error" title="This worker fell silent">
            What it did goes to another worker. If its machine runs, look into the worker's log and
            start it again.
          </Notice>
        ) : null}
        {warningsOf(worker).map((warning) => (
          <Notice key={warning} tone="warning" title={warning}>
            {worker.outdated
              ? `Worker ${worker.versions["seedmask"]}, dashboard ${worker.dashboardVersion}.`
              : undefined}
          </Notice>
        ))}
        <WorkerLoad worker={worker} />
        <div className="grid grid-cols-1 items-start gap-5 xl:grid-cols-2">
          <Card title="Machine">
            <Facts>
              <Fact name="Does">
                {worker.runId && worker.stage ? (
                  <Link href={`/runs/${worker.runId}`} className="text-accent hover:underline">
                    {STAGE_TITLES[worker.stage]}
                  </Link>
                ) : (
                  "nothing"
                )}
              </Fact>
              <Fact name="Processor">
                {worker.cpuModel ?? "not known"}
                {worker.cores === null ? "" : `, ${worker.cores} cores`}
              </Fact>
              <Fact name="Memory">{formatBytes(worker.memoryBytes)}</Fact>
              <Fact name="Disk">
                {formatBytes(worker.diskFreeBytes)} free of {formatBytes(worker.diskBytes)}
              </Fact>
              <Fact name="Started">
                <Age at={worker.startedAt} />
              </Fact>
              <Fact name="Last beat">
                <Age at={worker.lastBeatAt} />
              </Fact>
              <Fact name="Connected">
                {worker.pairing === null ? "beside the database" : "by a pairing token"}
              </Fact>
              {Object.entries(worker.versions).map(([name, version]) => (
                <Fact key={name} name={name}>
                  {version}
                </Fact>
              ))}
            </Facts>
          </Card>
          <BackendFacts backend={worker.backend} />
        </div>
        <StagesDone stages={worker.stages} />
      </div>
    </>
  );
}
