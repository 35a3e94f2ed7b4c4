"use client";
import { importOf, importWords } from "@seedmask/core/contract";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "#trpc/client.tsx";
import type { RouterOutputs } from "#trpc/types.ts";

export type Run = RouterOutputs["runs"]["get"];
export type Stage = Run["stages"][number];
export type Evaluation = Run["evaluations"][number];

/** The run of the page; the frame around has it already. */
export function useRun(runId: string): Run {
  const trpc = useTRPC();
  return useSuspenseQuery(trpc.runs.get.queryOptions({ runId })).data;
}

/** Its evaluations on the split the config is judged by, in the order of the stages. */
export const headlineEvaluations = (run: Run): Evaluation[] =>
  run.evaluations.filter(({ split }) => split === run.config.evaluationSplit);

export const headline = (run: Run): Evaluation | null => headlineEvaluations(run).at(-1) ?? null;

/** What the run took in from elsewhere, in words: `imported seeds: NAME`. */
export function originOf({ config }: Pick<Run, "config">): string | undefined {
  const imported = importOf(config);
  return imported ? importWords(imported) : undefined;
}
