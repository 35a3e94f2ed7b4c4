"use client";
import type { RunConfig } from "@seedmask/core/contract";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTRPC } from "#trpc/client.tsx";
import type { RouterOutputs } from "#trpc/types.ts";

export type RunPlan = RouterOutputs["runs"]["plan"];

/** While someone types, nothing is asked. */
const PAUSE_MS = 350;

function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** What a valid config would take; the last answer stays on screen while the next is made. */
export function usePlan(config: RunConfig | null, dataset: string) {
  const trpc = useTRPC();
  const settled = useSettled(config);
  const plan = useQuery({
    ...trpc.runs.plan.queryOptions({ config: settled!, dataset }),
    enabled: settled !== null && dataset !== "",
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
  return { plan, current: settled === config && !plan.isPlaceholderData };
}
