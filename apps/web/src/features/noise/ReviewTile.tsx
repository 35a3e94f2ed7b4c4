import { formatPercent } from "@seedmask/ui/format";
import { MaskOverlay } from "@seedmask/ui/segmentation/mask-overlay";
import { Link } from "#lib/link.tsx";
import { useMemo } from "react";
import { DEFAULT_DISPLAY } from "#features/gallery/display.ts";
import { datasetStyles } from "#features/gallery/label-styles.ts";
import { sourcesOf } from "#features/gallery/sources.ts";
import { useLayers } from "#features/gallery/use-layers.ts";
import type { Run } from "#features/run/use-run.ts";
import { thumbnailUrl } from "#lib/file-urls.ts";
import type { RouterOutputs } from "#trpc/types.ts";

interface ReviewTileProps {
  readonly run: Run;
  readonly image: RouterOutputs["evidence"]["review"]["rows"][number];
  readonly artifact: string | null;
  readonly layer: "difference" | "mask";
  /** Why it is in the queue. */
  readonly words: string;
}

/** One image of the queue, with what is wrong drawn over it. */
export function ReviewTile({ run, image, artifact, layer, words }: ReviewTileProps) {
  const { hash, classes } = run.dataset;
  const styles = useMemo(() => datasetStyles(classes, DEFAULT_DISPLAY.palette), [classes]);
  const sources = sourcesOf(hash, image.imageKey, artifact, null, layer === "difference");
  const { layers } = useLayers(sources, { ...DEFAULT_DISPLAY, layer }, styles, null);
  const names = image.labels.map((index) => classes[index] ?? `class ${index}`);
  return (
    <Link
      href={`/images/${hash}/${image.imageKey}?runs=${run.id}`}
      className="group block rounded-md"
    >
      <span className="grid aspect-[4/3] place-items-center overflow-hidden rounded-md bg-sunken group-hover:ring-2 group-hover:ring-line-strong">
        <span
          className="block"
          style={{ width: `${Math.min(1, ((image.width / image.height) * 3) / 4) * 100}%` }}
        >
          <MaskOverlay
            src={thumbnailUrl(hash, image.imageKey)}
            width={image.width}
            height={image.height}
            layers={layers}
            description={`${image.imageId}: ${names.join(", ")}; ${words}`}
          />
        </span>
      </span>
      <span className="flex items-baseline justify-between gap-2 pt-1 text-xs">
        <span className="truncate text-ink-2" title={image.imageId}>
          {image.imageId}
        </span>
        <span className="shrink-0 text-ink tabular-nums" title={words}>
          {formatPercent(image.value, 1)}
        </span>
      </span>
    </Link>
  );
}
