import type { ProbeImage } from "@seedmask/core/contract";
import { cx } from "@seedmask/ui/cx";
import { formatIou } from "@seedmask/ui/format";
import { Card } from "@seedmask/ui/primitives/card";
import { MaskOverlay } from "@seedmask/ui/segmentation/mask-overlay";
import { useMemo } from "react";
import { imageUrl } from "#lib/file-urls.ts";
import { growthLayers } from "./EpochPictures.tsx";
import type { Film, Growth } from "./film.ts";

interface FilmStripProps {
  readonly dataset: string;
  readonly image: ProbeImage;
  readonly film: Film;
  readonly plane: number;
  readonly epoch: number;
  readonly onEpoch: (epoch: number) => void;
  readonly skippedEpochs: number;
  readonly growth: Growth | null;
}

/** Every epoch that gathered something, side by side; one of them is chosen. */
export function FilmStrip({
  dataset,
  image,
  film,
  plane,
  epoch,
  onEpoch,
  skippedEpochs,
  growth,
}: FilmStripProps) {
  const frames = useMemo(
    () =>
      Array.from({ length: film.epochs }, (_, at) => ({
        epoch: at,
        layers: at < skippedEpochs ? [] : growthLayers(film, plane, at),
      })).slice(skippedEpochs),
    [film, plane, skippedEpochs],
  );
  return (
    <Card
      className="xl:col-span-2"
      title="Film strip"
      description={
        skippedEpochs > 0
          ? `Epochs ${skippedEpochs + 1} to ${film.epochs}; the first ${skippedEpochs} gather nothing, as the recipe says`
          : `Epochs 1 to ${film.epochs}`
      }
    >
      <ol className="grid grid-cols-[repeat(auto-fill,minmax(7.5rem,1fr))] gap-2">
        {frames.map(({ epoch: at, layers }) => (
          <li key={at} className="min-w-0">
            <button
              type="button"
              aria-pressed={at === epoch}
              onClick={() => onEpoch(at)}
              className={cx(
                "block w-full overflow-hidden rounded-md border-2 border-transparent hover:border-line-strong",
                at === epoch && "border-accent hover:border-accent",
              )}
            >
              <MaskOverlay
                src={imageUrl(dataset, image.key)}
                width={image.width}
                height={image.height}
                layers={layers}
                description=""
              />
              <span className="flex justify-between gap-2 px-1 py-0.5 text-xs text-ink-2 tabular-nums">
                <span>Epoch {at + 1}</span>
                <span title="Share of the image covered">
                  {formatIou(growth?.covered[at] ?? "not-yet")}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ol>
    </Card>
  );
}
