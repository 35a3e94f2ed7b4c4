import { cx } from "@seedmask/ui/cx";
import { Card } from "@seedmask/ui/primitives/card";
import { Status } from "@seedmask/ui/primitives/status";
import { useQuery } from "@tanstack/react-query";
import { Age } from "#features/runs/Age.tsx";
import { useTRPC } from "#trpc/client.tsx";
import { isUnderWay, POLL_MS } from "./under-way.ts";

interface RecentProps {
  readonly chosen: string | null;
  readonly onChoose: (predictionId: string, runId: string) => void;
}

/** What one asked for lately. */
export function Recent({ chosen, onChoose }: RecentProps) {
  const trpc = useTRPC();
  const { data = [] } = useQuery({
    ...trpc.predictions.mine.queryOptions(),
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? POLL_MS : false),
  });
  if (data.length === 0) return null;
  return (
    <Card title="Your images" description={`The last ${data.length}`}>
      <ul className="flex flex-col gap-0.5">
        {data.map(({ id, run, name, status, createdAt }) => (
          <li key={id}>
            <button
              type="button"
              aria-pressed={id === chosen}
              onClick={() => onChoose(id, run)}
              className={cx(
                "flex w-full flex-wrap items-center gap-x-3 gap-y-1 rounded px-2 py-1.5 text-left text-sm hover:bg-sunken",
                id === chosen && "bg-accent-soft",
              )}
            >
              <span className="min-w-0 flex-1 truncate">{name}</span>
              <Status status={status} />
              <span className="w-24 text-right text-xs text-ink-3">
                <Age at={createdAt} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
