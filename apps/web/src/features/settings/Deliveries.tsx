"use client";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "@seedmask/ui/primitives/table";
import { Loading } from "@seedmask/ui/states/loading";
import { useQuery } from "@tanstack/react-query";
import { Age } from "#features/runs/Age.tsx";
import { useTRPC } from "#trpc/client.tsx";

const REFRESH_MILLISECONDS = 3000;

/** The newest messages to one address and what became of them. */
export function Deliveries({ webhookId }: { readonly webhookId: string }) {
  const trpc = useTRPC();
  const deliveries = useQuery({
    ...trpc.webhooks.deliveries.queryOptions({ webhookId }),
    refetchInterval: REFRESH_MILLISECONDS,
  });
  if (deliveries.isPending) return <Loading label="Loading deliveries" shape="rows" count={3} />;
  const rows = deliveries.data?.rows ?? [];
  if (rows.length === 0) return <p className="text-sm text-ink-3">Nothing was sent yet.</p>;
  return (
    <Table label="Deliveries">
      <TableHead>
        <tr>
          <TableHeader>Event</TableHeader>
          <TableHeader>State</TableHeader>
          <TableHeader align="right">Tries</TableHeader>
          <TableHeader align="right">Answer</TableHeader>
          <TableHeader align="right">Sent</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.id}>
            <TableCell>{row.event}</TableCell>
            <TableCell>{row.error ? `${row.status}: ${row.error}` : row.status}</TableCell>
            <TableCell align="right">{row.attempts}</TableCell>
            <TableCell align="right">{row.responseStatus ?? "–"}</TableCell>
            <TableCell align="right">
              <Age at={row.createdAt} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
