"use client";
import { Button } from "@seedmask/ui/primitives/button";
import { Notice } from "@seedmask/ui/primitives/notice";
import { Select } from "@seedmask/ui/primitives/select";
import { Empty } from "@seedmask/ui/states/empty";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Box } from "lucide-react";
import { Link } from "#lib/link.tsx";
import { parseAsString, useQueryStates } from "nuqs";
import { useAccount } from "#features/shell/AccountContext.tsx";
import { mayAct } from "#features/shell/account.ts";
import { PageHeader } from "#features/shell/PageHeader.tsx";
import { useTRPC } from "#trpc/client.tsx";
import { Answer } from "./Answer.tsx";
import { ImageDrop } from "./ImageDrop.tsx";
import { Recent } from "./Recent.tsx";

/** An image of one's own, looked at by the networks of a run. */
export function PlaygroundScreen() {
  const trpc = useTRPC();
  const mayTry = mayAct(useAccount(), "member");
  const [view, setView] = useQueryStates({ model: parseAsString, prediction: parseAsString });
  const models = useQuery({
    ...trpc.predictions.models.queryOptions({ asked: view.model ?? undefined }),
    placeholderData: keepPreviousData,
  });
  if (models.isPending) return <Loading label="Loading models" shape="rows" count={4} />;
  if (models.isError) {
    return (
      <Failed title="The models could not be read" onRetry={() => void models.refetch()}>
        {models.error.message}
      </Failed>
    );
  }
  const { rows } = models.data;
  const model = view.model === null ? rows[0] : rows.find(({ runId }) => runId === view.model);
  return (
    <>
      <PageHeader
        title="Playground"
        description="An image of your own, looked at by a trained run’s networks"
        actions={
          <Button asChild>
            <Link href="/models">All models</Link>
          </Button>
        }
      />
      {rows.length === 0 ? (
        <Empty
          title="No model yet"
          icon={<Box />}
          action={
            <Button asChild variant="primary">
              <Link href="/runs/new?recipe=demo-tiny">Run the demo</Link>
            </Button>
          }
        >
          Every run that trains a classifier or a segmenter can be tried here.
        </Empty>
      ) : (
        <div className="grid grid-cols-1 gap-5">
          <div className="flex flex-wrap items-end gap-3">
            <div className="flex min-w-0 flex-col gap-1.5">
              <span className="text-sm font-medium">Model</span>
              <Select
                aria-label="Model"
                className="w-80 max-w-full"
                value={model?.runId ?? ""}
                placeholder="Choose a model"
                onValueChange={(runId) => void setView({ model: runId, prediction: null })}
                options={rows.map(({ runId, title, runName, method, backbone, datasetName }) => ({
                  value: runId,
                  label: title ?? runName,
                  hint: `${method} · ${backbone} · ${datasetName}`,
                }))}
              />
            </div>
            <p className="pb-2 text-xs text-ink-3">{model?.classes.join(", ")}</p>
          </div>
          {model === undefined ? (
            <Notice tone="warning" title="This run has no model to try">
              It has trained no network yet, or is gone. Choose another above.
            </Notice>
          ) : mayTry ? (
            <ImageDrop
              runId={model.runId}
              onSent={(id) => void setView({ model: model.runId, prediction: id })}
            />
          ) : (
            <Notice tone="warning" title="Trying a model needs the role member">
              Ask an admin of your team. You can look at what others share with you by link.
            </Notice>
          )}
          {view.prediction !== null && <Answer key={view.prediction} id={view.prediction} />}
          <Recent
            chosen={view.prediction}
            onChoose={(id, runId) => void setView({ model: runId, prediction: id })}
          />
        </div>
      )}
    </>
  );
}
