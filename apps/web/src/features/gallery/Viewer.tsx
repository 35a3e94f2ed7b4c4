"use client";
import { formatIou } from "@seedmask/ui/format";
import { labelMapCache } from "@seedmask/ui/loading/label-maps";
import { scoreMapsCache } from "@seedmask/ui/loading/score-maps";
import { prefetch } from "@seedmask/ui/loading/use-resource";
import { ERROR_HATCHED, ERROR_STYLES } from "@seedmask/ui/maps/difference";
import type { Point } from "@seedmask/ui/maps/camera";
import type { LabelStyle } from "@seedmask/ui/maps/types";
import { CopyButton } from "@seedmask/ui/primitives/copy-button";
import { ClassLegend } from "@seedmask/ui/segmentation/class-legend";
import { ColourBar } from "@seedmask/ui/segmentation/colour-bar";
import { Lightbox } from "@seedmask/ui/segmentation/lightbox";
import { type ReactNode, useEffect, useState } from "react";
import { imageUrl } from "#lib/file-urls.ts";
import { type Display, displayAfterKey, type LayerName } from "./display.ts";
import { DisplayBar } from "./DisplayBar.tsx";
import { ImageFacts } from "./ImageFacts.tsx";
import { type LayerSources, useLayers } from "./use-layers.ts";

export interface ViewedImage {
  readonly imageKey: string;
  readonly imageId: string;
  readonly split: string;
  readonly width: number;
  readonly height: number;
  readonly labels: readonly number[];
  readonly iou: number;
}

export interface ViewerProps {
  readonly runId: string;
  readonly dataset: string;
  readonly images: readonly ViewedImage[];
  readonly index: number;
  readonly sourcesFor: (image: ViewedImage) => LayerSources;
  readonly display: Display;
  readonly onDisplayChange: (display: Display) => void;
  readonly available: readonly LayerName[];
  readonly styles: readonly LabelStyle[];
  readonly stageTitle: string;
  readonly stage: string;
  /** 0 for the first stage. */
  readonly onStage: (position: number) => void;
  readonly onIndexChange: (index: number) => void;
  readonly onClose: () => void;
  readonly heatClass: number | null;
  readonly onHeatClass: (classIndex: number) => void;
}

/** One image of the gallery at full size, with its numbers beside it. */
export function Viewer(props: ViewerProps): ReactNode {
  const { dataset, images, index, sourcesFor, display, onDisplayChange, styles, heatClass } = props;
  const image = images[index]!;
  const { layers, status, message } = useLayers(sourcesFor(image), display, styles, heatClass);
  const [pointed, setPointed] = useState<number | null>(null);
  usePrefetch(props);
  const visible = layers[0];
  const point = (pixel: Point | null): void => {
    if (pixel === null || visible?.kind !== "mask") return setPointed(null);
    const { map } = visible;
    setPointed(map.data[pixel.y * map.width + pixel.x] ?? null);
  };
  const present = styles.filter(
    ({ label }) => image.labels.includes(label - 1) || label === display.solo || label === pointed,
  );
  const legend = display.layer === "difference" ? ERROR_STYLES.slice(1) : present;
  return (
    <Lightbox
      title={image.imageId}
      index={index}
      count={images.length}
      onIndexChange={props.onIndexChange}
      onClose={props.onClose}
      picture={{
        src: imageUrl(dataset, image.imageKey),
        width: image.width,
        height: image.height,
        layers,
        description: `${image.imageId}, ${props.stageTitle}, IoU ${formatIou(image.iou)}`,
      }}
      onPoint={point}
      onKey={({ key }) => {
        const next = displayAfterKey(display, key.toLowerCase());
        if (next !== null) onDisplayChange(next);
        else if (/^[1-9]$/.test(key)) props.onStage(Number(key) - 1);
        else return false;
        return true;
      }}
      toolbar={
        <DisplayBar display={display} onChange={onDisplayChange} available={props.available} />
      }
      side={
        <div className="flex flex-col gap-5">
          <p aria-live="polite" className="min-h-5 text-xs text-ink-3">
            {status === "failed" ? (
              <span className="text-red">This layer could not be read: {message}</span>
            ) : (
              (message ?? (status === "loading" ? "Loading the layer…" : props.stageTitle))
            )}
          </p>
          {display.legend && display.layer === "heat" && visible?.kind === "heat" && (
            <ColourBar colours={visible.colours} range={visible.range} />
          )}
          {display.legend && display.layer !== "heat" && display.layer !== "none" && (
            <ClassLegend
              styles={legend}
              active={pointed}
              hatched={display.layer === "difference" ? ERROR_HATCHED : []}
              {...(display.layer !== "difference" && {
                solo: display.solo,
                onSolo: (solo: number | null) => onDisplayChange({ ...display, solo }),
              })}
            />
          )}
          <ImageFacts
            runId={props.runId}
            dataset={dataset}
            image={image}
            stage={props.stage}
            styles={styles}
            heatClass={display.layer === "heat" ? heatClass : null}
            onHeatClass={props.onHeatClass}
          />
          <div className="flex items-center gap-1 text-xs text-ink-3">
            <CopyButton value={image.imageId} label="Copy image id" />
            <CopyButton
              value={typeof window === "undefined" ? "" : window.location.href}
              label="Copy link to this view"
            />
            <span>id · link</span>
          </div>
        </div>
      }
    />
  );
}

/** Two images ahead and two behind: the next step shows at once. */
function usePrefetch({ images, index, dataset, sourcesFor, display }: ViewerProps): void {
  const { layer } = display;
  useEffect(() => {
    const interest = new AbortController();
    for (const by of [1, -1, 2, -2]) {
      const image = images[index + by];
      if (image === undefined) continue;
      new Image().src = imageUrl(dataset, image.imageKey);
      const { mask, truth, scores } = sourcesFor(image);
      const masks = layer === "truth" ? [truth] : layer === "difference" ? [mask, truth] : [mask];
      prefetch(
        labelMapCache,
        masks.filter((url) => url !== null),
        interest.signal,
      );
      if (layer === "heat" && scores !== null) {
        prefetch(scoreMapsCache, [scores], interest.signal);
      }
    }
    return () => interest.abort();
  }, [images, index, dataset, sourcesFor, layer]);
}
