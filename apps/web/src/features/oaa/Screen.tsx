"use client";
import { accumulatedAttentionMetaSchema } from "@seedmask/core/contract";
import { Layers } from "lucide-react";
import { NotUsed, ProbeState } from "../probes/ProbeStates.tsx";
import { type ProbeSource, useProbeSet } from "../probes/use-probes.ts";
import { type Run, useRun } from "../run/use-run.ts";
import { FilmScreen } from "./FilmScreen.tsx";

const SOURCE: ProbeSource = { stage: "train-classifier", kind: "accumulated-attention" };

/** How online attention accumulation gathered its maps, epoch by epoch. */
export function OaaScreen({ runId }: { readonly runId: string }) {
  const run = useRun(runId);
  return run.config.seeds.method === "oaa" && run.config.supervision === "image-labels" ? (
    <Recorded run={run} />
  ) : (
    <NotUsed title="This run accumulates no attention" recipe="oaa-tiny" icon={<Layers />}>
      With OAA a classifier’s attention is gathered while it trains: where it looks moves over the
      object, and the maximum of all epochs covers more of it than the last one. A run with it shows
      here how the maps grew.
    </NotUsed>
  );
}

function Recorded({ run }: { readonly run: Run }) {
  const set = useProbeSet(run, SOURCE, accumulatedAttentionMetaSchema);
  return set.status === "ready" ? (
    <FilmScreen dataset={run.dataset.hash} artifact={set.artifact} meta={set.meta} />
  ) : (
    <ProbeState set={set} source={SOURCE} />
  );
}
