import type { ProbeImage } from "@seedmask/core/contract";
import { colourAt } from "@seedmask/ui/maps/colour-map";
import type { OverlayLayer } from "@seedmask/ui/maps/layers";
import type { LabelStyle } from "@seedmask/ui/maps/types";
import { Card } from "@seedmask/ui/primitives/card";
import { ColourBar } from "@seedmask/ui/segmentation/colour-bar";
import { MaskOverlay } from "@seedmask/ui/segmentation/mask-overlay";
import { useMemo } from "react";
import { imageUrl } from "#lib/file-urls.ts";
import { entryEpochs, type Film, frameOf, incrementOf } from "./film.ts";

interface EpochPicturesProps {
  readonly dataset: string;
  readonly image: ProbeImage;
  readonly film: Film;
  readonly plane: number;
  readonly epoch: number;
  readonly threshold: number;
  /** Name of the class. */
  readonly className: string;
}

/** What had gathered before an epoch, and in orange what the epoch added. */
export function growthLayers(film: Film, plane: number, epoch: number): readonly OverlayLayer[] {
  const heat = { kind: "heat", range: [0, 1], opacity: 0.85 } as const;
  return [
    { ...heat, colours: "viridis", map: frameOf(film, epoch - 1, plane) },
    { ...heat, colours: "increment", map: incrementOf(film, epoch, plane) },
  ];
}

const entryStyles = (epochs: number): LabelStyle[] =>
  Array.from({ length: Math.min(254, epochs) + 1 }, (_, label) => ({
    label,
    name: label === 0 ? "never" : `epoch ${label}`,
    colour: colourAt("viridis", epochs === 1 ? 1 : (label - 1) / (epochs - 1)),
  }));

/** The accumulated map at one epoch, and when each pixel entered. */
export function EpochPictures({
  dataset,
  image,
  film,
  plane,
  epoch,
  threshold,
  className,
}: EpochPicturesProps) {
  const grown = useMemo(() => growthLayers(film, plane, epoch), [film, plane, epoch]);
  const entered = useMemo((): readonly OverlayLayer[] => {
    const map = entryEpochs(film, plane, threshold);
    const styles = entryStyles(film.epochs);
    return [{ kind: "mask", map, styles, opacity: 0.8, outline: false }];
  }, [film, plane, threshold]);
  const src = imageUrl(dataset, image.key);
  const { width, height } = image;
  return (
    <Card title={`Attention for ${className} in ${image.id}`}>
      <div className="grid gap-4 sm:grid-cols-2">
        <figure className="min-w-0">
          <MaskOverlay
            src={src}
            width={width}
            height={height}
            layers={grown}
            description={`Attention for ${className} gathered by epoch ${epoch + 1}`}
            className="rounded-md"
          />
          <figcaption className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-2">
            Gathered before epoch {epoch + 1}
            <ColourBar colours="viridis" />
            <span className="inline-flex items-center gap-1.5">
              <span
                aria-hidden
                className="size-3 rounded-[3px] border border-line-strong"
                style={{ background: "rgb(240 121 24)" }}
              />
              added by it
            </span>
          </figcaption>
        </figure>
        <figure className="min-w-0">
          <MaskOverlay
            src={src}
            width={width}
            height={height}
            layers={entered}
            description={`Epoch in which each pixel rose above ${threshold.toFixed(2)}`}
            className="rounded-md"
          />
          <figcaption className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-2">
            Epoch that first exceeded {threshold.toFixed(2)}
            <ColourBar colours="viridis" range={[1, film.epochs]} />
          </figcaption>
        </figure>
      </div>
    </Card>
  );
}
