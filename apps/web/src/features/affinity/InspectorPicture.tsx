import type { ProbeImage } from "@seedmask/core/contract";
import type { OverlayLayer } from "@seedmask/ui/maps/layers";
import { rangeOf } from "@seedmask/ui/maps/paint-heat";
import type { FloatMap, GridCell } from "@seedmask/ui/maps/types";
import { Card } from "@seedmask/ui/primitives/card";
import { ColourBar } from "@seedmask/ui/segmentation/colour-bar";
import { PixelPicker } from "@seedmask/ui/segmentation/pixel-picker";
import { imageUrl } from "#lib/file-urls.ts";

interface InspectorPictureProps {
  readonly dataset: string;
  readonly image: ProbeImage;
  /** Image pixels a cell. */
  readonly stride: number;
  readonly map: FloatMap;
  readonly cell: GridCell;
  readonly onCell: (cell: GridCell) => void;
  /** Null while ties are shown. */
  readonly steps: number | null;
}

/** The photograph under the ties, or the sources, of the chosen pixel. */
export function InspectorPicture({
  dataset,
  image,
  stride,
  map,
  cell,
  onCell,
  steps,
}: InspectorPictureProps) {
  const extent = { width: map.width * stride, height: map.height * stride };
  // Ties lie in 0…1; sources sum to 1 over the image, so their largest is the last colour.
  const range: readonly [number, number] = steps === null ? [0, 1] : [0, rangeOf(map)[1]];
  const layer: OverlayLayer = {
    kind: "heat",
    map,
    colours: "viridis",
    range,
    opacity: 0.9,
    smooth: false,
    extent,
  };
  const what = steps === null ? "Ties of the pixel" : `Sources of its score after ${steps} steps`;
  return (
    <Card title={what} description={`${image.id}. Click a pixel, or move it with the arrow keys`}>
      <PixelPicker
        src={imageUrl(dataset, image.key)}
        image={image}
        grid={map}
        extent={extent}
        cell={cell}
        onCell={onCell}
        layers={[layer]}
        label={what}
        description={image.id}
        className="mx-auto max-w-160"
      />
      <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-2">
        {steps === null ? "Affinity to the power of beta" : "Share of the pixel’s score"}
        <ColourBar colours="viridis" range={range} />
        <span className="text-ink-3">
          Grid {map.height} × {map.width}, {stride} image pixels a cell
        </span>
      </p>
    </Card>
  );
}
