import { formatIou, formatPercent } from "@seedmask/ui/format";
import { rangeOf } from "@seedmask/ui/maps/paint-heat";
import type { GridCell } from "@seedmask/ui/maps/types";
import { Card } from "@seedmask/ui/primitives/card";
import { ColourBar } from "@seedmask/ui/segmentation/colour-bar";
import { PixelPicker } from "@seedmask/ui/segmentation/pixel-picker";
import { useMemo } from "react";
import { imageUrl } from "#lib/file-urls.ts";
import { heatOf, MapFigure } from "./MapFigure.tsx";
import type { SeamView } from "./use-seam-view.ts";
import { attentionRow, mapOf, type Views } from "./views.ts";

interface CorrelationProps {
  readonly dataset: string;
  readonly view: SeamView;
  readonly views: Views;
}

const clamp = (value: number, count: number): number => Math.min(count - 1, Math.max(0, value));

/** The pixel correlation module: maps before and after it, and what one pixel attends to. */
export function Correlation({ dataset, view, views }: CorrelationProps) {
  const { image, plane } = view;
  const { height, width } = views;
  const row = clamp(view.cell?.row ?? height >> 1, height);
  const column = clamp(view.cell?.column ?? width >> 1, width);
  const cell: GridCell = useMemo(() => ({ row, column }), [row, column]);
  const attention = useMemo(() => attentionRow(views, cell), [views, cell]);
  const before = mapOf(views, { transform: null, module: "cam", plane });
  const after = mapOf(views, { transform: null, module: "revised", plane });
  const most = rangeOf(attention)[1];
  const at = row * width + column;
  const label = "Pixel whose attention is shown";
  return (
    <Card
      title="Pixel correlation module"
      description="Each pixel’s revised score is the mean of all pixels’ scores, weighted by how alike their features are. Click a pixel, or move it with the arrow keys"
    >
      <div className="grid gap-4 sm:grid-cols-3">
        <figure className="min-w-0">
          <PixelPicker
            src={imageUrl(dataset, image.key)}
            image={image}
            grid={views}
            cell={cell}
            onCell={view.chooseCell}
            layers={[{ ...heatOf(attention, "viridis", [0, most]), smooth: false }]}
            label={label}
            description={image.id}
            className="overflow-hidden rounded-md"
          />
          <figcaption className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-2">
            Attention of the pixel, at most {formatPercent(most, 1)} a pixel
            <ColourBar colours="viridis" range={[0, most]} />
          </figcaption>
        </figure>
        <MapFigure dataset={dataset} image={image} layer={heatOf(before)}>
          Before: {formatIou(before.data[at]!)} at the pixel
        </MapFigure>
        <MapFigure dataset={dataset} image={image} layer={heatOf(after)}>
          After: {formatIou(after.data[at]!)} at the pixel
        </MapFigure>
      </div>
    </Card>
  );
}
