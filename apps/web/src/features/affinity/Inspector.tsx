import { type AffinityPlanesMeta, transition, walkSources } from "@seedmask/core/contract";
import type { GridCell } from "@seedmask/ui/maps/types";
import { Empty } from "@seedmask/ui/states/empty";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { useMemo } from "react";
import { ProbePicker } from "../probes/ProbePicker.tsx";
import { useProbe } from "../probes/use-probes.ts";
import { ClassMass } from "./ClassMass.tsx";
import { InspectorControls } from "./InspectorControls.tsx";
import { InspectorPicture } from "./InspectorPicture.tsx";
import { NeighbourTable } from "./NeighbourTable.tsx";
import { neighbourMap, neighboursOf, type Planes, planesOf } from "./planes.ts";
import { type InspectorView, useInspectorView } from "./use-inspector-view.ts";

interface InspectorProps {
  readonly dataset: string;
  readonly artifact: string;
  readonly meta: AffinityPlanesMeta;
}

export function Inspector(props: InspectorProps) {
  return props.meta.images.length === 0 ? (
    <Empty title="No labelled training image">There was nothing to walk.</Empty>
  ) : (
    <Chosen {...props} />
  );
}

function Chosen({ dataset, artifact, meta }: InspectorProps) {
  const view = useInspectorView(meta);
  const probe = useProbe(artifact, view.image.key);
  const tensors = probe.status === "ready" ? probe.value : null;
  const planes = useMemo(() => tensors && planesOf(tensors, meta), [tensors, meta]);
  return (
    <>
      <ProbePicker
        dataset={dataset}
        classes={meta.classes}
        images={meta.images}
        chosen={view.image.key}
        onChoose={view.chooseImage}
      />
      {probe.status === "failed" ? (
        <Failed title="The affinities of this image could not be read">{probe.message}</Failed>
      ) : planes === null ? (
        <Loading label="Loading the affinities" shape="tiles" count={2} />
      ) : (
        <Walked dataset={dataset} meta={meta} planes={planes} view={view} />
      )}
    </>
  );
}

const clamp = (value: number, count: number): number => Math.min(count - 1, Math.max(0, value));

/** Powers of two up to the longest walk worth playing. */
const stepsUpTo = (exponent: number): number[] =>
  Array.from({ length: exponent + 1 }, (_, k) => 2 ** k);

/** Ties and walk of one pixel, computed here: nothing is asked of the server. */
function Walked({
  dataset,
  meta,
  planes,
  view,
}: {
  readonly dataset: string;
  readonly meta: AffinityPlanesMeta;
  readonly planes: Planes;
  readonly view: InspectorView;
}) {
  const { beta, exponent, cell: wanted } = view;
  const { affinity } = planes;
  const { height, width } = affinity;
  const cell: GridCell = {
    row: clamp(wanted?.row ?? height >> 1, height),
    column: clamp(wanted?.column ?? width >> 1, width),
  };
  const pixel = cell.row * width + cell.column;
  const longest = Math.max(8, meta.logSteps);
  const step = useMemo(() => transition(affinity, { power: beta }), [affinity, beta]);
  const walks = useMemo(() => walkSources(step, pixel, stepsUpTo(longest)), [step, pixel, longest]);
  const at = { row: cell.row, column: cell.column };
  const neighbours = neighboursOf(affinity, step, at);
  const sources = exponent === null ? null : walks[Math.min(longest, exponent)]!;
  const map =
    sources === null
      ? neighbourMap(step, at, neighbours)
      : { height, width, data: Float32Array.from(sources) };
  return (
    <div className="grid gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="flex min-w-0 flex-col gap-4">
        <InspectorControls
          view={view}
          longest={longest}
          ownBeta={meta.beta}
          ownSteps={meta.logSteps}
        />
        <InspectorPicture
          dataset={dataset}
          image={view.image}
          stride={meta.stride}
          map={map}
          cell={cell}
          onCell={view.chooseCell}
          steps={exponent === null ? null : 2 ** exponent}
        />
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        <ClassMass
          planes={planes}
          names={meta.classes}
          pixel={pixel}
          sources={sources ?? walks[meta.logSteps]!}
          steps={2 ** (exponent ?? meta.logSteps)}
        />
        <NeighbourTable neighbours={neighbours} />
      </div>
    </div>
  );
}
