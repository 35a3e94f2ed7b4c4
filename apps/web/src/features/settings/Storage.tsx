"use client";
import { Button } from "@seedmask/ui/primitives/button";
import { Card } from "@seedmask/ui/primitives/card";
import { Confirm } from "@seedmask/ui/primitives/confirm";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "@seedmask/ui/primitives/table";
import { formatBytes, formatCount } from "@seedmask/ui/format";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "#lib/link.tsx";
import { toast } from "#features/shell/toast.tsx";
import { useTRPC } from "#trpc/client.tsx";
import type { RouterOutputs } from "#trpc/types.ts";

type Use = RouterOutputs["storage"]["use"];

const PART_WORDS: Readonly<Record<Use["parts"][number]["part"], string>> = {
  datasets: "Datasets: images, ground truth, thumbnails",
  artifacts: "Artefacts of runs: masks, scores, weights",
  weights: "Pretrained weights",
  postgres: "Built-in database",
  "stage-cache": "Results that equal stages take over",
  work: "Checkpoints of stages under way",
  uploads: "Archives that wait for their import",
  previews: "Samples of dataset checks, kept a day",
  predictions: "Images that wait in the playground",
  logs: "Logs of the programs",
};
const RUNS_SHOWN = 10;

/** What uses the disk, run by run, and what may go. */
export function Storage() {
  const trpc = useTRPC();
  const use = useQuery({ ...trpc.storage.use.queryOptions(), staleTime: 60_000 });
  return (
    <Card
      title="Storage"
      description={
        use.data ? `${formatBytes(totalOf(use.data))} in the data home` : "Counting files"
      }
      actions={use.data ? <Prune loose={use.data.unreferenced} /> : null}
    >
      {use.isPending ? (
        <Loading label="Counting files" shape="rows" count={5} />
      ) : use.data === undefined ? (
        <Failed title="The data home could not be counted" onRetry={() => void use.refetch()}>
          {use.error?.message}
        </Failed>
      ) : (
        <div className="grid gap-4">
          <Table label="Parts of the data home">
            <TableHead>
              <tr>
                <TableHeader>Part</TableHeader>
                <TableHeader align="right">Files</TableHeader>
                <TableHeader align="right">Size</TableHeader>
              </tr>
            </TableHead>
            <TableBody>
              {use.data.parts
                .filter(({ files }) => files > 0)
                .map(({ part, files, bytes }) => (
                  <TableRow key={part}>
                    <TableCell>{PART_WORDS[part]}</TableCell>
                    <TableCell align="right">{formatCount(files)}</TableCell>
                    <TableCell align="right" className="whitespace-nowrap">
                      {formatBytes(bytes)}
                    </TableCell>
                  </TableRow>
                ))}
            </TableBody>
          </Table>
          <RunUse runs={use.data.runs} />
        </div>
      )}
    </Card>
  );
}

const totalOf = ({ parts }: Use): number => parts.reduce((sum, { bytes }) => sum + bytes, 0);

function RunUse({ runs }: { readonly runs: Use["runs"] }) {
  if (runs.length === 0) return null;
  return (
    <section aria-label="Artefacts by run" className="grid gap-2">
      <p className="text-sm text-ink-3">
        Artefacts by run, largest first
        {runs.length > RUNS_SHOWN ? `: showing ${RUNS_SHOWN} of ${formatCount(runs.length)}` : ""}.
        Deleting a run frees what only it has.
      </p>
      <Table label="Artefacts by run">
        <TableHead>
          <tr>
            <TableHeader>Run</TableHeader>
            <TableHeader align="right">All</TableHeader>
            <TableHeader align="right">Only its own</TableHeader>
          </tr>
        </TableHead>
        <TableBody>
          {runs.slice(0, RUNS_SHOWN).map(({ id, name, bytes, ownBytes }) => (
            <TableRow key={id}>
              <TableCell>
                <Link href={`/runs/${id}/artifacts`} className="font-medium hover:underline">
                  {name}
                </Link>
              </TableCell>
              <TableCell align="right" className="whitespace-nowrap">
                {formatBytes(bytes)}
              </TableCell>
              <TableCell align="right" className="whitespace-nowrap">
                {formatBytes(ownBytes)}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </section>
  );
}

function Prune({ loose }: { readonly loose: Use["unreferenced"] }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const prune = useMutation(
    trpc.storage.prune.mutationOptions({
      onSuccess: ({ count, bytes }) => {
        toast.success(`${formatCount(count)} artefacts removed, ${formatBytes(bytes)} freed`);
        void queries.invalidateQueries({ queryKey: trpc.storage.pathKey() });
      },
    }),
  );
  if (loose.count === 0) {
    return <span className="text-xs text-ink-3">Every artefact belongs to a run</span>;
  }
  return (
    <Confirm
      trigger={<Button size="small">Remove {formatBytes(loose.bytes)} that no run has</Button>}
      title={`Remove ${formatCount(loose.count)} artefacts?`}
      description="They are left from deleted runs and from the playground. An equal run would have to compute them again."
      action="Remove"
      danger
      onConfirm={() => prune.mutateAsync().then(() => undefined)}
    />
  );
}
