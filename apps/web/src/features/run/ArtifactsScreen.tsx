"use client";
import { ARTIFACT_KINDS, STAGE_TITLES } from "@seedmask/core/contract";
import { CopyButton } from "@seedmask/ui/primitives/copy-button";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "@seedmask/ui/primitives/table";
import { Empty } from "@seedmask/ui/states/empty";
import { Download } from "lucide-react";
import { artifactFileUrl } from "#lib/file-urls.ts";
import { useRun } from "./use-run.ts";

/** What each stage left behind, by the hash of its content. */
export function ArtifactsScreen({ runId }: { readonly runId: string }) {
  const run = useRun(runId);
  const rows = run.stages.flatMap((stage) => stage.outputs.map((output) => ({ stage, ...output })));
  if (rows.length === 0) {
    return <Empty title="No artefact yet">Each finished stage leaves its files here.</Empty>;
  }
  return (
    <Table label="Artefacts">
      <TableHead>
        <tr>
          <TableHeader>Kind</TableHeader>
          <TableHeader>Made by</TableHeader>
          <TableHeader>Holds</TableHeader>
          <TableHeader>Hash</TableHeader>
          <TableHeader>Files</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {rows.map(({ stage, kind, hash }) => (
          <TableRow key={`${stage.stage} ${kind}`}>
            <TableCell className="font-medium whitespace-nowrap">{kind}</TableCell>
            <TableCell className="whitespace-nowrap">
              {STAGE_TITLES[stage.stage]}
              {stage.cached ? <span className="text-ink-3"> (reused)</span> : null}
            </TableCell>
            <TableCell className="text-xs text-ink-3">{ARTIFACT_KINDS[kind]}</TableCell>
            <TableCell>
              <span className="flex items-center gap-1 font-mono text-xs">
                {hash.slice(0, 12)}
                <CopyButton value={hash} label="Copy hash" />
              </span>
            </TableCell>
            <TableCell>
              <a
                href={artifactFileUrl(hash, "manifest.json")}
                download={`${kind}-${hash.slice(0, 12)}.json`}
                className="inline-flex min-h-6 items-center gap-1 text-accent hover:underline"
              >
                <Download aria-hidden className="size-3.5" />
                manifest
              </a>
              {kind.endsWith("checkpoint") ? (
                <a
                  href={artifactFileUrl(hash, "model.safetensors")}
                  download={`${kind}-${hash.slice(0, 12)}.safetensors`}
                  className="ml-3 inline-flex min-h-6 items-center gap-1 text-accent hover:underline"
                >
                  <Download aria-hidden className="size-3.5" />
                  weights
                </a>
              ) : null}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
