"use client";
import { MASK_STAGES, STAGE_TITLES } from "@seedmask/core/contract";
import type { LabelStyle } from "@seedmask/ui/maps/types";
import { MaskOverlay } from "@seedmask/ui/segmentation/mask-overlay";
import { type StageCell, StageStrip as Strip } from "@seedmask/ui/segmentation/stage-strip";
import { Empty } from "@seedmask/ui/states/empty";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { useQueries, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ReactNode, useMemo } from "react";
import { thumbnailUrl } from "#lib/file-urls.ts";
import { useTRPC } from "#trpc/client.tsx";
import type { RouterOutputs } from "#trpc/types.ts";
import { DEFAULT_DISPLAY, type LayerName } from "./display.ts";
import { datasetStyles } from "./label-styles.ts";
import { sourcesOf } from "./sources.ts";
import { useLayers } from "./use-layers.ts";

type Run = RouterOutputs["runs"]["get"];
type Evaluation = Run["evaluations"][number];

export interface StageStripProps {
  readonly runId: string;
  /** Images shown: the first by name. */
  readonly count: number;
}

/** A few images through all stages of a run, the same ones in every stage. */
export function StageStrip({ runId, count }: StageStripProps): ReactNode {
  const trpc = useTRPC();
  const run = useQuery(trpc.runs.get.queryOptions({ runId }));
  if (run.isPending) return <Loading label="Loading images" shape="tiles" count={4} />;
  if (run.isError) {
    return (
      <Failed title="The run could not be read" onRetry={() => void run.refetch()}>
        {run.error.message}
      </Failed>
    );
  }
  const evaluations = sameSplit(run.data);
  if (evaluations.length === 0) {
    return <Empty title="No masks yet">Images appear after “Make seeds”.</Empty>;
  }
  return <Strips run={run.data} evaluations={evaluations} count={count} />;
}

/**
 * One evaluation a stage, all of the split that most stages share, so that the images are the same
 * throughout; among equals the one the run is judged on.
 */
function sameSplit({ evaluations, config }: Run): Evaluation[] {
  const splits = [...new Set(evaluations.map(({ split }) => split))];
  const stagesOf = (split: string): number =>
    new Set(evaluations.filter((one) => one.split === split).map(({ stage }) => stage)).size;
  const judgedOn = (split: string): number => (split === config.evaluationSplit ? 1 : 0);
  const [split] = splits.toSorted(
    (one, other) => stagesOf(other) - stagesOf(one) || judgedOn(other) - judgedOn(one),
  );
  return MASK_STAGES.flatMap(
    (stage) => evaluations.findLast((one) => one.stage === stage && one.split === split) ?? [],
  );
}

function Strips({
  run,
  evaluations,
  count,
}: {
  run: Run;
  evaluations: readonly Evaluation[];
  count: number;
}): ReactNode {
  const trpc = useTRPC();
  const last = evaluations.at(-1)!;
  const styles = useMemo(
    () => datasetStyles(run.dataset.classes, DEFAULT_DISPLAY.palette),
    [run.dataset.classes],
  );
  const page = useQuery(
    trpc.gallery.list.queryOptions({
      evaluationIds: [last.id],
      sort: { by: "id", direction: "asc" },
      limit: count,
      withTotal: true,
    }),
  );
  const images = page.data?.rows ?? [];
  const results = useQueries({
    queries: images.map(({ imageKey }) =>
      trpc.gallery.imageResults.queryOptions({
        runIds: [run.id],
        dataset: run.dataset.hash,
        imageKey,
      }),
    ),
  });
  if (page.isPending) return <Loading label="Loading images" shape="tiles" count={4} />;
  return (
    <div className="flex flex-col gap-3">
      <p className="text-xs text-ink-3 tabular-nums">
        {images.length} of {page.data?.total ?? images.length} images of {last.split} shown
      </p>
      {images.map((image, row) => (
        <ImageRow
          key={image.imageKey}
          run={run}
          evaluations={evaluations}
          image={image}
          styles={styles}
          ious={new Map(results[row]?.data?.map((one) => [one.evaluationId, one.iou]))}
        />
      ))}
    </div>
  );
}

function ImageRow({
  run,
  evaluations,
  image,
  styles,
  ious,
}: {
  run: Run;
  evaluations: readonly Evaluation[];
  image: RouterOutputs["gallery"]["list"]["rows"][number];
  styles: readonly LabelStyle[];
  ious: ReadonlyMap<number, number>;
}): ReactNode {
  const router = useRouter();
  const picture = (artifact: string | null, layer: LayerName, title: string): ReactNode => (
    <StagePicture
      run={run}
      image={image}
      artifact={artifact}
      layer={layer}
      styles={styles}
      title={title}
    />
  );
  const stageCells = evaluations.map((evaluation, index): StageCell => {
    const iou = ious.get(evaluation.id);
    const before = index === 0 ? undefined : ious.get(evaluations[index - 1]!.id);
    const title = STAGE_TITLES[evaluation.stage];
    return {
      key: evaluation.stage,
      title,
      picture: picture(evaluation.artifact, "mask", title),
      iou: iou ?? "not-yet",
      delta: iou === undefined || before === undefined ? null : iou - before,
      onOpen: () =>
        router.push(
          `/runs/${run.id}/gallery?stage=${evaluation.stage}&split=${encodeURIComponent(evaluation.split)}&sort=name&image=${image.imageKey}`,
        ),
    };
  });
  return (
    <Strip
      label={image.imageId}
      cells={[
        { key: "image", title: image.imageId, picture: picture(null, "none", "image") },
        { key: "truth", title: "Ground truth", picture: picture(null, "truth", "ground truth") },
        ...stageCells,
      ]}
    />
  );
}

function StagePicture({
  run,
  image,
  artifact,
  layer,
  styles,
  title,
}: {
  run: Run;
  image: { imageKey: string; imageId: string; width: number; height: number };
  artifact: string | null;
  layer: LayerName;
  styles: readonly LabelStyle[];
  title: string;
}): ReactNode {
  const { hash } = run.dataset;
  const sources = sourcesOf(hash, image.imageKey, artifact, null);
  const { layers } = useLayers(sources, { ...DEFAULT_DISPLAY, layer }, styles, null);
  return (
    <MaskOverlay
      className="rounded-md"
      bundled
      src={thumbnailUrl(hash, image.imageKey)}
      width={image.width}
      height={image.height}
      layers={layers}
      description={`${image.imageId}, ${title}`}
    />
  );
}
