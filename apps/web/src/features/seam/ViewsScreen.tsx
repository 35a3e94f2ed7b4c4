import type { SeamViewsMeta } from "@seedmask/core/contract";
import { Segmented } from "@seedmask/ui/primitives/segmented";
import { Empty } from "@seedmask/ui/states/empty";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { useMemo } from "react";
import { ProbePicker } from "../probes/ProbePicker.tsx";
import { useProbe } from "../probes/use-probes.ts";
import { Correlation } from "./Correlation.tsx";
import { Equivariance } from "./Equivariance.tsx";
import { useSeamView } from "./use-seam-view.ts";
import { viewsOf } from "./views.ts";

interface ViewsScreenProps {
  readonly dataset: string;
  readonly artifact: string;
  readonly meta: SeamViewsMeta;
}

export function ViewsScreen(props: ViewsScreenProps) {
  return props.meta.images.length === 0 ? (
    <Empty title="No labelled training image">There was nothing to look at.</Empty>
  ) : (
    <Chosen {...props} />
  );
}

/** Both halves of SEAM for one image and class, coloured and compared here. */
function Chosen({ dataset, artifact, meta }: ViewsScreenProps) {
  const view = useSeamView(meta.images);
  const { image, plane, transform, module } = view;
  const probe = useProbe(artifact, image.key);
  const tensors = probe.status === "ready" ? probe.value : null;
  const views = useMemo(() => tensors && viewsOf(tensors), [tensors]);
  return (
    <div>
      <ProbePicker
        dataset={dataset}
        classes={meta.classes}
        images={meta.images}
        chosen={image.key}
        onChoose={view.chooseImage}
      />
      <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        <Segmented
          label="Class"
          value={String(image.labels[plane])}
          onValueChange={(value) => view.chooseClass(Number(value))}
          options={image.labels.map((index) => ({
            value: String(index),
            label: meta.classes[index]!,
          }))}
        />
        <Segmented
          label="Transform A"
          value={transform}
          onValueChange={view.chooseTransform}
          options={[
            { value: "rescale", label: `Rescale × ${meta.branchScale} (trained on)` },
            { value: "mirror", label: "Mirror (never seen)" },
          ]}
        />
        <Segmented
          label="Maps"
          value={module}
          onValueChange={view.chooseModule}
          options={[
            { value: "cam", label: "CAM" },
            { value: "revised", label: "Revised" },
          ]}
        />
      </div>
      {probe.status === "failed" ? (
        <Failed title="The maps of this image could not be read">{probe.message}</Failed>
      ) : views === null ? (
        <Loading label="Loading the maps" shape="tiles" count={3} />
      ) : (
        <div className="flex flex-col gap-4">
          <Equivariance dataset={dataset} view={view} views={views} />
          <Correlation dataset={dataset} view={view} views={views} />
        </div>
      )}
    </div>
  );
}
