"use client";
import { MODEL_KINDS, type ModelKind } from "@seedmask/core/contract";
import { Button, buttonStyle } from "@seedmask/ui/primitives/button";
import { IouFigure } from "@seedmask/ui/primitives/figure";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "@seedmask/ui/primitives/table";
import { Empty } from "@seedmask/ui/states/empty";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { useQuery } from "@tanstack/react-query";
import { Box } from "lucide-react";
import { Link } from "#lib/link.tsx";
import { Age } from "#features/runs/Age.tsx";
import { useAccount } from "#features/shell/AccountContext.tsx";
import { mayAct } from "#features/shell/account.ts";
import { PageHeader } from "#features/shell/PageHeader.tsx";
import { artifactFileUrl } from "#lib/file-urls.ts";
import { useTRPC } from "#trpc/client.tsx";
import type { RouterOutputs } from "#trpc/types.ts";

type Model = RouterOutputs["predictions"]["models"]["rows"][number];

const WORDS: Readonly<Record<ModelKind, string>> = {
  "classifier-checkpoint": "Classifier",
  "segmenter-checkpoint": "Segmenter",
};

/** Networks that runs have trained: to be tried on an image, or taken along. */
export function ModelsScreen() {
  const trpc = useTRPC();
  const models = useQuery(trpc.predictions.models.queryOptions({}));
  return (
    <>
      <PageHeader title="Models" />
      {models.isPending ? (
        <Loading label="Loading models" shape="rows" count={6} />
      ) : models.isError ? (
        <Failed title="The models could not be read" onRetry={() => void models.refetch()}>
          {models.error.message}
        </Failed>
      ) : models.data.rows.length === 0 ? (
        <Empty
          title="No model yet"
          icon={<Box />}
          action={
            <Button asChild variant="primary">
              <Link href="/runs/new">Launch a run</Link>
            </Button>
          }
        >
          Every run that trains a classifier or a segmenter leaves one here.
        </Empty>
      ) : (
        <>
          <p className="mb-2 text-xs text-ink-3">
            {models.data.rows.length} of {models.data.total} runs with trained networks shown
          </p>
          <Table label="Models">
            <TableHead>
              <tr>
                <TableHeader>Run</TableHeader>
                <TableHeader className="max-sm:hidden">Dataset</TableHeader>
                <TableHeader className="max-sm:hidden">Method</TableHeader>
                <TableHeader align="right">mIoU</TableHeader>
                <TableHeader className="max-sm:hidden">Checkpoints</TableHeader>
                <TableHeader align="right" className="max-sm:hidden">
                  Age
                </TableHeader>
                <TableHeader>
                  <span className="sr-only">Actions</span>
                </TableHeader>
              </tr>
            </TableHead>
            <TableBody>
              {models.data.rows.map((model) => (
                <TableRow key={model.runId}>
                  <TableCell className="font-medium sm:whitespace-nowrap">
                    <Link className="hover:underline" href={`/runs/${model.runId}`}>
                      {model.title ?? model.runName}
                    </Link>
                    <span className="block text-xs font-normal text-ink-3 sm:hidden">
                      {model.method} · {model.backbone} · {model.datasetName}
                    </span>
                  </TableCell>
                  <TableCell className="whitespace-nowrap max-sm:hidden">
                    <Link className="hover:underline" href={`/datasets/${model.dataset}`}>
                      {model.datasetName}@{model.datasetVersion}
                    </Link>
                  </TableCell>
                  <TableCell className="whitespace-nowrap text-ink-2 max-sm:hidden">
                    {model.method} · {model.backbone}
                  </TableCell>
                  <TableCell align="right">
                    <IouFigure value={model.meanIou ?? "not-yet"} />
                  </TableCell>
                  <TableCell className="max-sm:hidden">
                    <Checkpoints model={model} />
                  </TableCell>
                  <TableCell align="right" className="whitespace-nowrap text-ink-3 max-sm:hidden">
                    <Age at={model.createdAt} />
                  </TableCell>
                  <TableCell align="right">
                    <Button asChild size="small">
                      <Link href={`/playground?model=${model.runId}`}>Try it</Link>
                    </Button>
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </>
      )}
    </>
  );
}

/** The weights of a run, by what they do; whoever may not take them along sees that they exist. */
function Checkpoints({ model }: { readonly model: Model }) {
  const mayTake = mayAct(useAccount(), "member");
  return (
    <span className="flex flex-wrap gap-x-3 text-ink-2">
      {MODEL_KINDS.map((kind) => {
        const hash = model.checkpoints[kind];
        if (hash === undefined) return null;
        if (!mayTake) return <span key={kind}>{WORDS[kind]}</span>;
        return (
          <a
            key={kind}
            className={buttonStyle({ variant: "link", size: "small" })}
            href={artifactFileUrl(hash, "model.safetensors")}
            download={`${model.runName}-${kind}.safetensors`}
          >
            {WORDS[kind]}
          </a>
        );
      })}
    </span>
  );
}
