"use client";
import { buttonStyle } from "@seedmask/ui/primitives/button";
import { Empty } from "@seedmask/ui/states/empty";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { useQuery } from "@tanstack/react-query";
import { Upload } from "lucide-react";
import { Link } from "#lib/link.tsx";
import { useAccount } from "#features/shell/AccountContext.tsx";
import { mayAct } from "#features/shell/account.ts";
import { PageHeader } from "#features/shell/PageHeader.tsx";
import { useTRPC } from "#trpc/client.tsx";
import { DatasetCard } from "./DatasetCard.tsx";

export function DatasetsScreen() {
  const trpc = useTRPC();
  const account = useAccount();
  const datasets = useQuery(trpc.datasets.list.queryOptions());
  const importLink = mayAct(account, "maintainer") ? (
    <Link href="/datasets/import" className={buttonStyle({ variant: "primary", size: "medium" })}>
      <Upload aria-hidden />
      Import
    </Link>
  ) : null;
  return (
    <>
      <PageHeader title="Datasets" actions={datasets.data?.length ? importLink : null} />
      {datasets.isPending ? (
        <Loading label="Loading datasets" shape="tiles" count={3} />
      ) : datasets.isError ? (
        <Failed title="The datasets could not be read" onRetry={() => void datasets.refetch()}>
          {datasets.error.message}
        </Failed>
      ) : datasets.data.length === 0 ? (
        <Empty title="No dataset yet" action={importLink}>
          A folder of images with a list of the classes in each is enough. Masks are only needed to
          score.
        </Empty>
      ) : (
        <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
          {datasets.data.map((dataset) => (
            <DatasetCard key={dataset.hash} dataset={dataset} />
          ))}
        </div>
      )}
    </>
  );
}
