"use client";
import { affinityPlanesMetaSchema } from "@seedmask/core/contract";
import { Waypoints } from "lucide-react";
import { NotUsed, ProbeState } from "../probes/ProbeStates.tsx";
import { type ProbeSource, useProbeSet } from "../probes/use-probes.ts";
import { type Run, useRun } from "../run/use-run.ts";
import { Inspector } from "./Inspector.tsx";

const SOURCE: ProbeSource = { stage: "make-pseudo-masks", kind: "affinity-planes" };

/** What AffinityNet ties together, and how scores walk along the ties. */
export function AffinityScreen({ runId }: { readonly runId: string }) {
  const run = useRun(runId);
  return run.config.refinement.kind === "affinity" && run.config.supervision === "image-labels" ? (
    <Recorded run={run} />
  ) : (
    <NotUsed title="This run learns no affinity" recipe="cam-affinity-tiny" icon={<Waypoints />}>
      AffinityNet learns which neighbouring pixels belong together; the seeds’ scores then walk
      along those ties before they become pseudo masks. A run with it shows here where the score of
      any pixel came from.
    </NotUsed>
  );
}

function Recorded({ run }: { readonly run: Run }) {
  const set = useProbeSet(run, SOURCE, affinityPlanesMetaSchema);
  return set.status === "ready" ? (
    <Inspector dataset={run.dataset.hash} artifact={set.artifact} meta={set.meta} />
  ) : (
    <ProbeState set={set} source={SOURCE} />
  );
}
