import type { LabelStyle } from "@seedmask/ui/maps/types";
import { formatIou } from "@seedmask/ui/format";
import { IouFigure } from "@seedmask/ui/primitives/figure";
import { ColourChip } from "@seedmask/ui/segmentation/class-legend";
import { MaskOverlay } from "@seedmask/ui/segmentation/mask-overlay";
import type { ReactNode } from "react";
import { thumbnailUrl } from "#lib/file-urls.ts";
import type { Display } from "./display.ts";
import { type LayerSources, useLayers } from "./use-layers.ts";

export interface TileProps {
  readonly dataset: string;
  readonly image: {
    readonly imageKey: string;
    readonly imageId: string;
    readonly width: number;
    readonly height: number;
    readonly labels: readonly number[];
    readonly iou: number;
  };
  readonly sources: LayerSources;
  readonly display: Display;
  readonly styles: readonly LabelStyle[];
  readonly heatClass: number | null;
  readonly onOpen: () => void;
}

const FRAME_ASPECT = 4 / 3;

/** One image of the gallery: thumbnail, the chosen layer, its IoU and its classes. */
export function Tile({
  dataset,
  image,
  sources,
  display,
  styles,
  heatClass,
  onOpen,
}: TileProps): ReactNode {
  const { layers, status, message } = useLayers(sources, display, styles, heatClass);
  const names = image.labels.map((index) => styles[index + 1]?.name ?? `class ${index}`);
  const wide = image.width / image.height;
  return (
    <button
      type="button"
      onClick={onOpen}
      className="group block w-full rounded-md text-left focus-visible:outline-offset-2"
    >
      <span className="relative grid aspect-[4/3] w-full place-items-center overflow-hidden rounded-md bg-sunken ring-line-strong group-hover:ring-2">
        <span className="block" style={{ width: `${Math.min(1, wide / FRAME_ASPECT) * 100}%` }}>
          <MaskOverlay
            bundled
            src={thumbnailUrl(dataset, image.imageKey)}
            width={image.width}
            height={image.height}
            layers={layers}
            description={`${image.imageId}: ${names.join(", ") || "no class"}, IoU ${formatIou(image.iou)}`}
          />
        </span>
        <span className="absolute top-1.5 right-1.5 rounded bg-black/70 px-1.5 py-0.5 text-xs font-medium text-white">
          <IouFigure value={image.iou} />
        </span>
        {status === "failed" && (
          <span className="absolute bottom-1.5 left-1.5 rounded bg-red-soft px-1.5 py-0.5 text-xs text-red">
            Layer missing: {message}
          </span>
        )}
      </span>
      <span className="flex h-7 items-center gap-1.5 text-xs text-ink-2">
        <span className="flex shrink-0 gap-0.5">
          {image.labels.slice(0, 4).map((index) => {
            const style = styles[index + 1];
            return style === undefined ? null : <ColourChip key={index} style={style} />;
          })}
        </span>
        <span className="truncate" title={`${image.imageId}: ${names.join(", ")}`}>
          {names.join(", ") || image.imageId}
        </span>
      </span>
    </button>
  );
}
