"use client";
import { seamViewsMetaSchema } from "@seedmask/core/contract";
import { FlipHorizontal2 } from "lucide-react";
import { NotUsed, ProbeState } from "../probes/ProbeStates.tsx";
import { type ProbeSource, useProbeSet } from "../probes/use-probes.ts";
import { type Run, useRun } from "../run/use-run.ts";
import { Losses } from "./Losses.tsx";
import { ViewsScreen } from "./ViewsScreen.tsx";

const SOURCE: ProbeSource = { stage: "train-classifier", kind: "seam-views" };

/** How a siamese network's maps agree over transforms, and what its correlation module does. */
export function SeamScreen({ runId }: { readonly runId: string }) {
  const run = useRun(runId);
  return run.config.seeds.method === "seam" && run.config.supervision === "image-labels" ? (
    <div className="flex flex-col gap-4">
      <Recorded run={run} />
      <Losses runId={runId} />
    </div>
  ) : (
    <NotUsed
      title="This run trains no siamese network"
      recipe="seam-tiny"
      icon={<FlipHorizontal2 />}
    >
      SEAM asks that the maps of a transformed image are the transformed maps of the image, and lets
      a correlation module gather each pixel’s score from pixels alike. A run with it shows both
      here.
    </NotUsed>
  );
}

function Recorded({ run }: { readonly run: Run }) {
  const set = useProbeSet(run, SOURCE, seamViewsMetaSchema);
  return set.status === "ready" ? (
    <ViewsScreen dataset={run.dataset.hash} artifact={set.artifact} meta={set.meta} />
  ) : (
    <ProbeState set={set} source={SOURCE} />
  );
}
