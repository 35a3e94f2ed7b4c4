import { useLabelMap } from "@seedmask/ui/loading/label-maps";
import type { Camera } from "@seedmask/ui/maps/camera";
import {
  CHANGE_HATCHED,
  CHANGE_STYLES,
  changeMap,
  UNSCORED_CHANGE_STYLES,
} from "@seedmask/ui/maps/difference";
import type { OverlayLayer } from "@seedmask/ui/maps/layers";
import type { LabelStyle } from "@seedmask/ui/maps/types";
import { ClassLegend } from "@seedmask/ui/segmentation/class-legend";
import { CompareSlider } from "@seedmask/ui/segmentation/compare-slider";
import { ZoomView } from "@seedmask/ui/segmentation/zoom-view";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { imageUrl, maskUrl, truthUrl } from "#lib/file-urls.ts";
import type { Display } from "../gallery/display.ts";
import { sourcesOf } from "../gallery/sources.ts";
import { useLayers } from "../gallery/use-layers.ts";
import type { Column } from "./columns.ts";
import type { ComparedImage } from "./use-compared-images.ts";

const BLINK_MILLISECONDS = 700;

export interface ViewProps {
  readonly dataset: string;
  readonly image: ComparedImage;
  readonly extent:
    | { readonly width: number; readonly height: number; readonly hasMask: boolean }
    | undefined;
  readonly display: Display;
  readonly styles: readonly LabelStyle[];
  readonly camera: Camera;
  readonly onCamera: (camera: Camera) => void;
}
export type PairProps = ViewProps & { readonly base: Column; readonly other: Column };

export const Framed = ({ title, children }: { title: string; children: ReactNode }): ReactNode => (
  <figure className="relative min-h-48 overflow-hidden rounded-md bg-sunken">
    {children}
    <figcaption className="pointer-events-none absolute top-2 left-2 max-w-[calc(100%-1rem)] truncate rounded bg-black/70 px-1.5 py-0.5 text-xs text-white">
      {title}
    </figcaption>
  </figure>
);

export function ColumnView({
  dataset,
  image,
  extent,
  display,
  styles,
  camera,
  onCamera,
  column,
  clipFrom,
}: ViewProps & { column: Column; clipFrom?: number }): ReactNode {
  const sources = sourcesOf(dataset, image.imageKey, column.evaluation.artifact, null);
  const { layers } = useLayers(sources, display, styles, null);
  if (extent === undefined) return null;
  return (
    <ZoomView
      src={imageUrl(dataset, image.imageKey)}
      width={extent.width}
      height={extent.height}
      layers={layers}
      camera={camera}
      onCameraChange={onCamera}
      description={`${image.imageId}, ${column.title}`}
      {...(clipFrom !== undefined && { clipFrom })}
    />
  );
}

export function Swipe({ base, other, ...view }: PairProps): ReactNode {
  const [position, setPosition] = useState(0.5);
  return (
    <div className="min-h-0 flex-1 overflow-hidden rounded-md bg-sunken">
      <CompareSlider
        position={position}
        onPositionChange={setPosition}
        leftLabel={base.title}
        rightLabel={other.title}
        left={<ColumnView {...view} column={base} />}
        right={
          <div
            className="size-full bg-sunken"
            style={{ clipPath: `inset(0 0 0 ${position * 100}%)` }}
          >
            <ColumnView {...view} column={other} />
          </div>
        }
      />
    </div>
  );
}

/** Both views stay mounted, so that nothing is decoded at the change. */
export function Blink({ base, other, ...view }: PairProps): ReactNode {
  const [second, setSecond] = useState(false);
  useEffect(() => {
    const timer = setInterval(() => setSecond((shown) => !shown), BLINK_MILLISECONDS);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className="relative min-h-0 flex-1">
      {[base, other].map((column, position) => (
        <div
          key={column.key}
          className={
            (position === 1) === second
              ? "absolute inset-0 grid"
              : "invisible absolute inset-0 grid"
          }
        >
          <Framed title={column.title}>
            <ColumnView {...view} column={column} />
          </Framed>
        </div>
      ))}
    </div>
  );
}

export function Difference({
  base,
  other,
  dataset,
  image,
  extent,
  display,
  camera,
  onCamera,
}: PairProps): ReactNode {
  const before = useLabelMap(maskUrl(base.evaluation.artifact, image.imageKey));
  const after = useLabelMap(maskUrl(other.evaluation.artifact, image.imageKey));
  const truth = useLabelMap(extent?.hasMask ? truthUrl(dataset, image.imageKey) : null);
  const scored = truth.status !== "none";
  const styles = scored ? CHANGE_STYLES : UNSCORED_CHANGE_STYLES;
  const layers = useMemo((): readonly OverlayLayer[] => {
    if (before.status !== "ready" || after.status !== "ready") return [];
    if (scored && truth.status !== "ready") return [];
    const map = changeMap(before.value, after.value, truth.status === "ready" ? truth.value : null);
    const { opacity } = display;
    return [{ kind: "mask", map, styles, opacity, outline: false, hatched: CHANGE_HATCHED }];
  }, [before, after, truth, scored, styles, display]);
  if (extent === undefined) return null;
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-2">
      <div className="min-h-0 flex-1 overflow-hidden rounded-md bg-sunken">
        <ZoomView
          src={imageUrl(dataset, image.imageKey)}
          width={extent.width}
          height={extent.height}
          layers={layers}
          camera={camera}
          onCameraChange={onCamera}
          description={`${image.imageId}: what changed from ${base.title} to ${other.title}`}
        />
      </div>
      <ClassLegend styles={styles.slice(1)} hatched={CHANGE_HATCHED} />
    </div>
  );
}
