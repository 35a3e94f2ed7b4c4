"use client";
import { Card } from "@seedmask/ui/primitives/card";
import { useQuery } from "@tanstack/react-query";
import { Link } from "#lib/link.tsx";
import { Age } from "#features/runs/Age.tsx";
import { useTRPC } from "#trpc/client.tsx";
import { Unpair } from "./Unpair.tsx";

const until = (moment: Date): string => moment.toISOString().slice(0, 16).replace("T", " ");

/** A token that is used becomes a worker while one looks on. */
const REFRESH_MS = 5_000;

/** Who may come in with a token: workers that have, and tokens that wait for their first use. */
export function Pairings() {
  const trpc = useTRPC();
  const pairings = useQuery({
    ...trpc.workers.pairings.queryOptions(),
    refetchInterval: REFRESH_MS,
  });
  if (!pairings.data || pairings.data.length === 0) return null;
  return (
    <Card title="Pairings" description="Each token lets one worker in, until it is taken back">
      <ul className="divide-y divide-line">
        {pairings.data.map((pairing) => (
          <li key={pairing.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2 text-sm">
            <span className="font-medium">
              {pairing.pairedAt === null ? (
                pairing.name
              ) : (
                <Link href={`/workers/${pairing.id}`} className="hover:underline">
                  {pairing.name}
                </Link>
              )}
            </span>
            <code className="font-mono text-xs text-ink-3">{pairing.start}…</code>
            <span className="min-w-40 flex-1 text-ink-3">
              {pairing.lastUsedAt === null ? (
                `not used yet, expires ${until(pairing.expiresAt)} UTC`
              ) : (
                <>
                  {pairing.hostname}, last started <Age at={pairing.lastUsedAt} />
                </>
              )}
            </span>
            <Unpair id={pairing.id} name={pairing.name} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
