import { formatIou } from "@seedmask/ui/format";
import { useLabelMap } from "@seedmask/ui/loading/label-maps";
import { useScoreMaps } from "@seedmask/ui/loading/score-maps";
import { ERROR_HATCHED, ERROR_STYLES, errorMap, overlapOf } from "@seedmask/ui/maps/difference";
import type { OverlayLayer } from "@seedmask/ui/maps/layers";
import { thresholdLabels, winnersOf } from "@seedmask/ui/maps/threshold-labels";
import type { LabelMap, LabelStyle } from "@seedmask/ui/maps/types";
import { Card } from "@seedmask/ui/primitives/card";
import { Segmented } from "@seedmask/ui/primitives/segmented";
import { ClassLegend } from "@seedmask/ui/segmentation/class-legend";
import { MaskOverlay } from "@seedmask/ui/segmentation/mask-overlay";
import { Empty } from "@seedmask/ui/states/empty";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo, useState } from "react";
import { imageUrl, scoresUrl, truthUrl } from "#lib/file-urls.ts";
import { useTRPC } from "#trpc/client.tsx";
import type { RouterOutputs } from "#trpc/types.ts";
import { scoresArtifact } from "../gallery/sources.ts";

export interface SeedPreviewProps {
  readonly run: RouterOutputs["runs"]["get"];
  readonly evaluationId: number;
  readonly split: string;
  readonly threshold: number;
  readonly styles: readonly LabelStyle[];
  readonly className?: string;
}

const SHOWN = 8;
type View = "seed" | "difference";

/** The seeds of a few images at the chosen threshold, cut anew in the browser from their scores. */
export function SeedPreview({
  run,
  evaluationId,
  split,
  threshold,
  styles,
  className,
}: SeedPreviewProps): ReactNode {
  const trpc = useTRPC();
  const [view, setView] = useState<View>("seed");
  const page = useQuery(
    trpc.gallery.list.queryOptions({
      evaluationIds: [evaluationId],
      sort: { by: "id", direction: "asc" },
      limit: SHOWN,
      withTotal: true,
    }),
  );
  const scores = scoresArtifact(run, "make-seeds");
  const images = page.data?.rows ?? [];
  const present = styles.filter(({ label }) =>
    images.some(({ labels }) => labels.includes(label - 1)),
  );
  return (
    <Card
      {...(className !== undefined && { className })}
      title="Seeds at this threshold"
      description={`${images.length} of ${page.data?.total ?? "·"} images of ${split} shown`}
      actions={
        <Segmented
          label="View"
          value={view}
          onValueChange={setView}
          options={[
            { value: "seed", label: "Seed" },
            { value: "difference", label: "Difference" },
          ]}
        />
      }
    >
      {scores === null ? (
        <Empty title="No scores kept">
          Seeds can follow the threshold where the run keeps its score maps.
        </Empty>
      ) : (
        <>
          <ul className="grid grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-3">
            {images.map((image) => (
              <li key={image.imageKey}>
                <Seed
                  dataset={run.dataset.hash}
                  scores={scores}
                  image={image}
                  threshold={threshold}
                  styles={styles}
                  view={view}
                />
              </li>
            ))}
          </ul>
          <ClassLegend
            className="mt-3"
            styles={view === "seed" ? present : ERROR_STYLES.slice(1)}
            hatched={view === "seed" ? [] : ERROR_HATCHED}
          />
        </>
      )}
    </Card>
  );
}

/** Mean IoU over the labels of one image. */
function imageIou(seed: LabelMap, truth: LabelMap): number | null {
  const overlaps = overlapOf(seed, truth);
  if (overlaps.length === 0) return null;
  const sum = overlaps.reduce(
    (total, { truePositives, falsePositives, falseNegatives }) =>
      total + truePositives / (truePositives + falsePositives + falseNegatives),
    0,
  );
  return sum / overlaps.length;
}

function Seed({
  dataset,
  scores,
  image,
  threshold,
  styles,
  view,
}: {
  dataset: string;
  scores: string;
  image: { imageKey: string; imageId: string; width: number; height: number };
  threshold: number;
  styles: readonly LabelStyle[];
  view: View;
}): ReactNode {
  const maps = useScoreMaps(scoresUrl(scores, image.imageKey));
  const truth = useLabelMap(truthUrl(dataset, image.imageKey));
  const mapsValue = maps.status === "ready" ? maps.value : null;
  const truthValue = truth.status === "ready" ? truth.value : null;
  const { width, height } = image;
  const winners = useMemo(
    () => mapsValue && winnersOf(mapsValue, { width, height }),
    [mapsValue, width, height],
  );
  const seed = useMemo(() => winners && thresholdLabels(winners, threshold), [winners, threshold]);
  const iou = useMemo(() => seed && truthValue && imageIou(seed, truthValue), [seed, truthValue]);
  const layers = useMemo((): readonly OverlayLayer[] => {
    if (!seed) return [];
    if (view === "seed") return [{ kind: "mask", map: seed, styles, opacity: 0.55 }];
    if (!truthValue) return [];
    return [
      {
        kind: "mask",
        map: errorMap(seed, truthValue),
        styles: ERROR_STYLES,
        opacity: 0.7,
        outline: false,
        hatched: ERROR_HATCHED,
      },
    ];
  }, [seed, truthValue, view, styles]);
  return (
    <figure>
      <MaskOverlay
        className="rounded-md"
        src={imageUrl(dataset, image.imageKey)}
        width={width}
        height={height}
        layers={layers}
        description={`${image.imageId} at threshold ${threshold.toFixed(3)}, IoU ${formatIou(iou)}`}
      />
      <figcaption className="flex justify-between gap-2 pt-1 text-xs text-ink-2">
        <span className="truncate">
          {maps.status === "failed" ? `Scores missing: ${maps.message}` : image.imageId}
        </span>
        <span className="tabular-nums">{formatIou(iou)}</span>
      </figcaption>
    </figure>
  );
}
