"use client";
import { Card } from "@seedmask/ui/primitives/card";
import { Status } from "@seedmask/ui/primitives/status";
import { useQuery } from "@tanstack/react-query";
import { ServerOff } from "lucide-react";
import { Link } from "#lib/link.tsx";
import { Age } from "#features/runs/Age.tsx";
import { useTRPC } from "#trpc/client.tsx";

/** Failed and lost runs, and work that nobody is there to do. Not there when nothing is wrong. */
export function Attention() {
  const trpc = useTRPC();
  const failed = useQuery(
    trpc.runs.list.queryOptions({ filter: { status: ["failed", "lost"] }, limit: 5 }),
  );
  const counts = useQuery(trpc.runs.counts.queryOptions());
  const workers = useQuery({ ...trpc.workers.list.queryOptions(), refetchInterval: 10_000 });
  const rows = failed.data?.rows ?? [];
  const waiting = (counts.data?.queued ?? 0) + (counts.data?.starting ?? 0);
  const unattended = waiting > 0 && workers.data?.every(({ alive }) => !alive);
  if (rows.length === 0 && !unattended) return null;
  return (
    <Card title="Needs you" flush>
      <ul className="divide-y divide-line border-t border-line">
        {unattended ? (
          <li className="flex items-center gap-3 px-4 py-2.5 text-sm">
            <ServerOff aria-hidden className="size-4 shrink-0 text-amber" />
            <span>
              No worker is there: {waiting} {waiting === 1 ? "run waits" : "runs wait"}. Start one
              with <code className="font-mono text-xs">npx seedmask worker</code>.
            </span>
          </li>
        ) : null}
        {rows.map((run) => (
          <li key={run.id}>
            <Link
              href={`/runs/${run.id}`}
              className="grid grid-cols-[auto_1fr_auto] items-center gap-3 px-4 py-2.5 text-sm hover:bg-sunken/60"
            >
              <Status status={run.status} />
              <span className="min-w-0">
                <span className="block truncate font-medium">{run.title ?? run.name}</span>
                <span className="block truncate text-xs text-ink-3">
                  {run.errorMessage?.split("\n")[0] ?? "The worker fell silent; retry resumes it."}
                </span>
              </span>
              <span className="text-xs text-ink-3">
                <Age at={run.finishedAt ?? run.createdAt} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
