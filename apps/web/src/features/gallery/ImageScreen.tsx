"use client";
import { STAGE_TITLES } from "@seedmask/core/contract";
import { formatIou } from "@seedmask/ui/format";
import { type Camera, WHOLE_IMAGE } from "@seedmask/ui/maps/camera";
import type { LabelStyle } from "@seedmask/ui/maps/types";
import { Card } from "@seedmask/ui/primitives/card";
import { ClassLegend } from "@seedmask/ui/segmentation/class-legend";
import { MaskOverlay } from "@seedmask/ui/segmentation/mask-overlay";
import { StageStrip } from "@seedmask/ui/segmentation/stage-strip";
import { ZoomView } from "@seedmask/ui/segmentation/zoom-view";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { useQueries, useQuery } from "@tanstack/react-query";
import { parseAsArrayOf, parseAsString, useQueryStates } from "nuqs";
import { type ReactNode, useMemo, useState } from "react";
import { imageUrl, thumbnailUrl } from "#lib/file-urls.ts";
import { useTRPC } from "#trpc/client.tsx";
import { DEFAULT_DISPLAY, type Display } from "./display.ts";
import { DisplayBar } from "./DisplayBar.tsx";
import { datasetStyles } from "./label-styles.ts";
import { scoresArtifact, sourcesOf } from "./sources.ts";
import { useDisplayKeys } from "./use-display-keys.ts";
import { useLayers } from "./use-layers.ts";

export interface ImageScreenProps {
  /** Hash of the dataset version. */
  readonly dataset: string;
  readonly imageKey: string;
}

/** One image: large with the chosen layer, and in small after every stage of the chosen runs. */
export function ImageScreen({ dataset, imageKey }: ImageScreenProps): ReactNode {
  const trpc = useTRPC();
  const [state, setState] = useQueryStates({
    runs: parseAsArrayOf(parseAsString).withDefault([]),
    /** RUN:STAGE of the mask shown large. */
    stage: parseAsString,
  });
  const [display, setDisplay] = useState<Display>(DEFAULT_DISPLAY);
  const [camera, setCamera] = useState<Camera>(WHOLE_IMAGE);
  const image = useQuery(trpc.datasets.image.queryOptions({ dataset, key: imageKey }));
  const version = useQuery(trpc.datasets.get.queryOptions({ dataset }));
  const results = useQuery({
    ...trpc.gallery.imageResults.queryOptions({ runIds: state.runs, dataset, imageKey }),
    enabled: state.runs.length > 0,
  });
  const runs = useQueries({
    queries: state.runs.map((runId) => trpc.runs.get.queryOptions({ runId })),
  });
  const classes = version.data?.classes;
  const styles = useMemo(
    () => datasetStyles(classes ?? [], display.palette),
    [classes, display.palette],
  );
  const cells = results.data ?? [];
  const shown =
    cells.find((one) => `${one.runId}:${one.stage}` === state.stage) ?? cells.at(-1) ?? null;
  const shownRun = runs.find(({ data }) => data?.id === shown?.runId)?.data;
  const scores =
    shown === null || shownRun === undefined ? null : scoresArtifact(shownRun, shown.stage);
  const { layers, message } = useLayers(
    sourcesOf(dataset, imageKey, shown?.artifact ?? null, scores, image.data?.hasMask ?? false),
    shown === null && display.layer === "mask" ? { ...display, layer: "truth" } : display,
    styles,
    null,
  );
  useDisplayKeys(true, display, setDisplay, (position) => {
    const next = cells[position];
    if (next !== undefined) void setState({ stage: `${next.runId}:${next.stage}` });
  });

  const broken = image.error ?? version.error ?? results.error;
  if (broken !== null) {
    return (
      <Failed title="The image could not be read" onRetry={() => void image.refetch()}>
        {broken.message}
      </Failed>
    );
  }
  if (image.data === undefined) return <Loading label="Loading the image" shape="chart" />;
  const { id, split, width, height, labels } = image.data;
  const present = styles.filter(({ label }) => labels.includes(label - 1));
  const title = shown === null ? "Ground truth" : STAGE_TITLES[shown.stage];
  return (
    <div className="flex flex-col gap-4">
      <DisplayBar
        display={display}
        onChange={setDisplay}
        available={
          shown === null ? ["truth", "none"] : ["mask", "truth", "difference", "heat", "none"]
        }
      />
      <Card
        title={`${id} · ${title}`}
        description={[
          split,
          `${width} × ${height}`,
          shown === null ? null : `IoU ${formatIou(shown.iou)}`,
          message,
        ]
          .filter((words) => words !== null)
          .join(" · ")}
        flush
      >
        <div className="h-[55vh] bg-sunken">
          <ZoomView
            src={imageUrl(dataset, imageKey)}
            width={width}
            height={height}
            layers={layers}
            camera={camera}
            onCameraChange={setCamera}
            description={`${id}, ${title}`}
          />
        </div>
        <ClassLegend
          className="px-4 py-2"
          styles={present}
          solo={display.solo}
          onSolo={(solo) => setDisplay({ ...display, solo })}
        />
      </Card>
      {runs.map(({ data: run }) =>
        run === undefined ? null : (
          <Card key={run.id} title={run.title ?? run.name}>
            <StageStrip
              label={run.title ?? run.name}
              cells={cells
                .filter((one) => one.runId === run.id)
                .map((one, index, all) => ({
                  key: one.stage,
                  title: STAGE_TITLES[one.stage],
                  iou: one.iou,
                  delta: index === 0 ? null : one.iou - all[index - 1]!.iou,
                  onOpen: () => void setState({ stage: `${one.runId}:${one.stage}` }),
                  picture: (
                    <Cell
                      dataset={dataset}
                      imageKey={imageKey}
                      image={image.data}
                      artifact={one.artifact}
                      styles={styles}
                      title={STAGE_TITLES[one.stage]}
                    />
                  ),
                }))}
            />
          </Card>
        ),
      )}
      {state.runs.length === 0 && (
        <p className="text-sm text-ink-3">
          Open this image from a run’s gallery to see what every stage made of it.
        </p>
      )}
    </div>
  );
}

function Cell({
  dataset,
  imageKey,
  image,
  artifact,
  styles,
  title,
}: {
  dataset: string;
  imageKey: string;
  image: { id: string; width: number; height: number };
  artifact: string;
  styles: readonly LabelStyle[];
  title: string;
}): ReactNode {
  const { layers } = useLayers(
    sourcesOf(dataset, imageKey, artifact, null),
    DEFAULT_DISPLAY,
    styles,
    null,
  );
  return (
    <MaskOverlay
      className="rounded-md"
      src={thumbnailUrl(dataset, imageKey)}
      width={image.width}
      height={image.height}
      layers={layers}
      description={`${image.id}, ${title}`}
    />
  );
}
