"use client";
import { parseAsInteger, useQueryState } from "nuqs";
import { type Evaluation, headline, type Run } from "./use-run.ts";

interface ChosenEvaluation {
  readonly evaluations: readonly Evaluation[];
  readonly chosen: Evaluation | null;
  readonly choose: (id: string) => void;
}

/** Which evaluation a page of the run speaks of: a preferred or the headline one until another is chosen. */
export function useChosenEvaluation(run: Run, preferred?: Evaluation): ChosenEvaluation {
  const [id, setId] = useQueryState("evaluation", parseAsInteger);
  const chosen =
    run.evaluations.find((evaluation) => evaluation.id === id) ?? preferred ?? headline(run);
  return {
    evaluations: run.evaluations,
    chosen: chosen ?? run.evaluations.at(-1) ?? null,
    choose: (next) => void setId(Number(next)),
  };
}
