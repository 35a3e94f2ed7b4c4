"use client";
import { Button } from "@seedmask/ui/primitives/button";
import { Card } from "@seedmask/ui/primitives/card";
import { Select } from "@seedmask/ui/primitives/select";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "@seedmask/ui/primitives/table";
import { Loading } from "@seedmask/ui/states/loading";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { Age } from "#features/runs/Age.tsx";
import { useTRPC } from "#trpc/client.tsx";

const ACTIONS = [
  { value: "all", label: "All actions" },
  { value: "run.", label: "Runs" },
  { value: "dataset", label: "Datasets" },
  { value: "user.", label: "Members" },
  { value: "invitation.", label: "Invitations" },
  { value: "token.", label: "API tokens" },
  { value: "webhook.", label: "Webhooks" },
  { value: "worker.", label: "Workers" },
  { value: "project.", label: "Project" },
  { value: "storage.", label: "Storage" },
] as const;

/** Who did what to which thing, with what it was before. */
export function Audit() {
  const trpc = useTRPC();
  const [action, setAction] = useQueryState("audit", parseAsString.withDefault("all"));
  const [actorId, setActorId] = useQueryState("by", parseAsString.withDefault("all"));
  const members = useQuery(trpc.people.members.queryOptions());
  const lines = useInfiniteQuery(
    trpc.audit.list.infiniteQueryOptions(
      {
        ...(action === "all" ? {} : { action }),
        ...(actorId === "all" ? {} : { actorId }),
        limit: 50,
      },
      { getNextPageParam: (page) => page.next },
    ),
  );
  const rows = lines.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Card
      title="Audit log"
      flush
      actions={
        <div className="flex flex-wrap gap-2">
          <Select
            aria-label="Action"
            className="w-40"
            value={action}
            onValueChange={(value) => void setAction(value)}
            options={ACTIONS}
          />
          <Select
            aria-label="Person"
            className="w-40"
            value={actorId}
            onValueChange={(value) => void setActorId(value)}
            options={[
              { value: "all", label: "Everyone" },
              ...(members.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        </div>
      }
    >
      {lines.isPending ? <Loading label="Loading the audit log" shape="rows" count={5} /> : null}
      {lines.isSuccess && rows.length === 0 ? (
        <p className="p-4 text-sm text-ink-3">No action matches the filter.</p>
      ) : null}
      {rows.length > 0 ? (
        <Table label="Audit log">
          <TableHead>
            <tr>
              <TableHeader>When</TableHeader>
              <TableHeader>Who</TableHeader>
              <TableHeader>Action</TableHeader>
              <TableHeader>Object</TableHeader>
              <TableHeader>Before and after</TableHeader>
            </tr>
          </TableHead>
          <TableBody>
            {rows.map((row) => (
              <TableRow key={row.id}>
                <TableCell className="whitespace-nowrap">
                  <Age at={row.at} />
                </TableCell>
                <TableCell>{row.actorName}</TableCell>
                <TableCell className="whitespace-nowrap">{row.action}</TableCell>
                <TableCell className="font-mono text-xs">{row.targetId.slice(0, 12)}</TableCell>
                <TableCell>
                  <details>
                    <summary className="cursor-pointer text-ink-3">Show</summary>
                    <pre className="max-w-md font-mono text-xs whitespace-pre-wrap">
                      {JSON.stringify(row.details, null, 1)}
                    </pre>
                  </details>
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      ) : null}
      {lines.hasNextPage ? (
        <div className="p-3">
          <Button busy={lines.isFetchingNextPage} onClick={() => void lines.fetchNextPage()}>
            Earlier
          </Button>
        </div>
      ) : null}
    </Card>
  );
}
