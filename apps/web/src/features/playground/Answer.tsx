import { predictionMetaSchema } from "@seedmask/core/contract";
import { Card } from "@seedmask/ui/primitives/card";
import { Notice } from "@seedmask/ui/primitives/notice";
import { Progress } from "@seedmask/ui/primitives/progress";
import { Status } from "@seedmask/ui/primitives/status";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { useQuery } from "@tanstack/react-query";
import { z } from "zod";
import { artifactFileUrl } from "#lib/file-urls.ts";
import { useTRPC } from "#trpc/client.tsx";
import type { RouterOutputs } from "#trpc/types.ts";
import { Prediction } from "./Prediction.tsx";
import { isUnderWay, POLL_MS } from "./under-way.ts";

const manifestSchema = z.object({ meta: predictionMetaSchema });

/** What became of one image: waiting, looked at, done, or why not. */
export function Answer({ id }: { readonly id: string }) {
  const trpc = useTRPC();
  const asked = useQuery({
    ...trpc.predictions.get.queryOptions({ id }),
    retry: (failures, { data }) => failures < 1 && data?.code !== "NOT_FOUND",
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? POLL_MS : false),
  });
  if (asked.isPending) return <Loading label="Loading the prediction" shape="chart" />;
  if (asked.error?.data?.code === "NOT_FOUND") {
    return (
      <Failed title="This prediction is gone">
        It went with its run, or the link is not whole. Drop the image once more.
      </Failed>
    );
  }
  if (asked.data === undefined) {
    return (
      <Failed title="The prediction could not be read" onRetry={() => void asked.refetch()}>
        {asked.error?.message}
      </Failed>
    );
  }
  const { status, error, artifact } = asked.data;
  if (status === "failed") return <Failed title="The image could not be looked at">{error}</Failed>;
  if (artifact === null) return <Waiting prediction={asked.data} />;
  return <Found artifact={artifact} />;
}

function Waiting({ prediction }: { readonly prediction: RouterOutputs["predictions"]["get"] }) {
  const trpc = useTRPC();
  const workers = useQuery({ ...trpc.workers.list.queryOptions(), refetchInterval: 5_000 });
  const unattended = workers.data?.every(({ alive }) => !alive) ?? false;
  const { name, status } = prediction;
  return (
    <div className="grid gap-3">
      <Card title={name} actions={<Status status={status} />}>
        <Progress value={null} label={`Prediction of ${name}`} />
        <p className="mt-2 text-sm text-ink-3" role="status">
          {status === "running" ? "A worker looks at it" : "Waiting for a worker"}
        </p>
      </Card>
      {unattended && (
        <Notice tone="error" title="No worker is there">
          The image waits until one comes. Start one on this machine with{" "}
          <code className="font-mono text-xs">npx seedmask worker</code>.
        </Notice>
      )}
    </div>
  );
}

function Found({ artifact }: { readonly artifact: string }) {
  const manifest = useQuery({
    queryKey: ["prediction", artifact],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const response = await fetch(artifactFileUrl(artifact, "manifest.json"), { signal });
      if (response.status === 404) return null;
      if (!response.ok) throw new Error(`${response.status} ${response.statusText}`.trim());
      return manifestSchema.parse(await response.json()).meta;
    },
  });
  if (manifest.isPending) return <Loading label="Loading the answer" shape="chart" />;
  if (manifest.isError) {
    return (
      <Failed title="The answer could not be read" onRetry={() => void manifest.refetch()}>
        {manifest.error.message}
      </Failed>
    );
  }
  if (manifest.data === null) {
    return (
      <Failed title="The answer is no longer kept">
        Settings → Storage removes answers along with artefacts that no run has. Drop the image once
        more.
      </Failed>
    );
  }
  return <Prediction artifact={artifact} meta={manifest.data} />;
}
