"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "#trpc/client.tsx";
import type { RouterOutputs } from "#trpc/types.ts";
import { ProvenancePopover } from "./ProvenanceChip.tsx";
import { policyFacts } from "./provenance.ts";

type Row = RouterOutputs["runs"]["list"]["rows"][number];

interface RunProvenanceProps {
  readonly run: Pick<
    Row,
    "id" | "meanIou" | "meanIouStage" | "seed" | "datasetName" | "datasetVersion"
  >;
}

/** What the number of a run in a list stands for; asked for when it is opened. */
export function RunProvenance({ run }: RunProvenanceProps) {
  const trpc = useTRPC();
  const [open, setOpen] = useState(false);
  const evaluations = useQuery({
    ...trpc.evaluations.list.queryOptions({ runId: run.id }),
    enabled: open,
  });
  const own = evaluations.data?.findLast(
    ({ stage, meanIou }) => stage === run.meanIouStage && meanIou === run.meanIou,
  );
  const dataset = `${run.datasetName} v${run.datasetVersion}`;
  return (
    <ProvenancePopover
      open={open}
      onOpenChange={setOpen}
      facts={own ? policyFacts({ ...own, dataset, seeds: [run.seed] }) : null}
      message={
        evaluations.error?.message ??
        (evaluations.isSuccess ? "Its evaluation is gone." : "Loading …")
      }
    />
  );
}
