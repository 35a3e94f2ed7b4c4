import type { LabelStyle } from "@seedmask/ui/maps/types";
import { DeltaFigure, IouFigure } from "@seedmask/ui/primitives/figure";
import { MaskOverlay } from "@seedmask/ui/segmentation/mask-overlay";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { thumbnailUrl } from "#lib/file-urls.ts";
import { useTRPC } from "#trpc/client.tsx";
import { type Display, showLayer } from "../gallery/display.ts";
import { sourcesOf } from "../gallery/sources.ts";
import { useLayers } from "../gallery/use-layers.ts";
import type { Column } from "./columns.ts";
import type { ComparedImage } from "./use-compared-images.ts";

export interface CompareRowProps {
  readonly image: ComparedImage;
  readonly columns: readonly Column[];
  readonly against: number;
  readonly display: Display;
  readonly styles: readonly LabelStyle[];
  readonly onOpen: () => void;
}

/** One image in every column, ground truth first. */
export function CompareRow({
  image,
  columns,
  against,
  display,
  styles,
  onOpen,
}: CompareRowProps): ReactNode {
  const trpc = useTRPC();
  const dataset = columns[0]!.run.dataset.hash;
  const facts = useQuery(
    trpc.datasets.image.queryOptions({ dataset, key: image.imageKey }, { staleTime: Infinity }),
  );
  const extent = { width: facts.data?.width ?? 4, height: facts.data?.height ?? 3 };
  const change = image.left === null || image.right === null ? null : image.right - image.left;
  return (
    <button type="button" onClick={onOpen} className="block w-full rounded-md text-left">
      <span className="flex h-6 items-baseline gap-2 text-xs">
        <span className="truncate text-ink-2">{image.imageId}</span>
        {change !== null && (
          <>
            <IouFigure value={image.left} className="text-ink-3" />
            <span aria-hidden className="text-ink-3">
              →
            </span>
            <IouFigure value={image.right} className="font-medium" />
            <DeltaFigure value={change} />
          </>
        )}
      </span>
      <span className="grid auto-cols-fr grid-flow-col gap-2">
        <Cell
          title="Ground truth"
          dataset={dataset}
          image={image}
          extent={extent}
          artifact={null}
          display={display.layer === "none" ? display : showLayer(display, "truth")}
          styles={styles}
        />
        {columns.map((column, position) => (
          <Cell
            key={column.key}
            title={column.title}
            marked={position === against}
            dataset={dataset}
            image={image}
            extent={extent}
            artifact={column.evaluation.artifact}
            display={display}
            styles={styles}
          />
        ))}
      </span>
    </button>
  );
}

function Cell({
  title,
  marked = false,
  dataset,
  image,
  extent,
  artifact,
  display,
  styles,
}: {
  title: string;
  marked?: boolean;
  dataset: string;
  image: ComparedImage;
  extent: { width: number; height: number };
  artifact: string | null;
  display: Display;
  styles: readonly LabelStyle[];
}): ReactNode {
  const sources = sourcesOf(dataset, image.imageKey, artifact, null);
  const { layers } = useLayers(sources, display, styles, null);
  const share = Math.min(1, extent.width / extent.height / (4 / 3)) * 100;
  return (
    <span className="min-w-0">
      <span className="grid aspect-[4/3] place-items-center overflow-hidden rounded-md bg-sunken">
        <span className="block" style={{ width: `${share}%` }}>
          <MaskOverlay
            bundled
            src={thumbnailUrl(dataset, image.imageKey)}
            {...extent}
            layers={layers}
            description={`${image.imageId}, ${title}`}
          />
        </span>
      </span>
      <span
        className={
          marked
            ? "block truncate pt-0.5 text-xs font-medium text-accent"
            : "block truncate pt-0.5 text-xs text-ink-3"
        }
      >
        {title}
      </span>
    </span>
  );
}
