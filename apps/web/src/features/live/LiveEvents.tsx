"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { createContext, type ReactNode, use, useEffect, useMemo, useRef, useState } from "react";
import { useTRPC } from "#trpc/client.tsx";
import { applyEvents } from "./apply-events.ts";
import type { RunEvent } from "@seedmask/db";

interface Live {
  /** False while the stream is broken: what is on screen may be old. */
  readonly connected: boolean;
  /** Asks for the curves and the log of one run too. */
  readonly watch: (runId: string | null) => void;
}

const Context = createContext<Live>({ connected: false, watch: () => undefined });

/** Events are applied together this often, so twenty running runs repaint a screen once. */
const GATHER_MS = 250;

/** The tab's one stream; everything on screen follows it through the query cache. */
export function LiveEvents({ children }: { readonly children: ReactNode }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [detailOf, watch] = useState<string | null>(null);
  const gathered = useRef<RunEvent[]>([]);

  const stream = useSubscription(
    trpc.events.follow.subscriptionOptions(
      { detailOf },
      { onData: ({ data }) => gathered.current.push(data) },
    ),
  );

  useEffect(() => {
    const timer = setInterval(() => {
      if (gathered.current.length === 0) return;
      applyEvents(queries, trpc, gathered.current.splice(0));
    }, GATHER_MS);
    return () => clearInterval(timer);
  }, [gathered, queries, trpc]);

  const connected = stream.status === "pending";
  const live = useMemo(() => ({ connected, watch }), [connected]);
  return <Context value={live}>{children}</Context>;
}

export const useLive = (): Live => use(Context);

/** While this is on screen the tab gets the curves and log of that run as well. */
export function useWatchRun(runId: string): void {
  const { watch } = useLive();
  useEffect(() => {
    watch(runId);
    return () => watch(null);
  }, [watch, runId]);
}
