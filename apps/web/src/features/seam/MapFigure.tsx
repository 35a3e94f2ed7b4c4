import type { ProbeImage } from "@seedmask/core/contract";
import type { ColourScaleName } from "@seedmask/ui/maps/colour-map";
import type { OverlayLayer } from "@seedmask/ui/maps/layers";
import type { FloatMap } from "@seedmask/ui/maps/types";
import { MaskOverlay } from "@seedmask/ui/segmentation/mask-overlay";
import type { ReactNode } from "react";
import { imageUrl } from "#lib/file-urls.ts";

export const heatOf = (
  map: FloatMap,
  colours: ColourScaleName = "viridis",
  range: readonly [number, number] = [0, 1],
): Extract<OverlayLayer, { kind: "heat" }> => ({
  kind: "heat",
  map,
  colours,
  range,
  opacity: 0.85,
});

/** A map over the photograph, with what it is beneath. */
export const MapFigure = ({
  dataset,
  image,
  layer,
  children,
}: {
  readonly dataset: string;
  readonly image: ProbeImage;
  readonly layer: OverlayLayer;
  readonly children: ReactNode;
}) => (
  <figure className="min-w-0">
    <MaskOverlay
      src={imageUrl(dataset, image.key)}
      width={image.width}
      height={image.height}
      layers={[layer]}
      description={image.id}
      className="rounded-md"
    />
    <figcaption className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-2">
      {children}
    </figcaption>
  </figure>
);
