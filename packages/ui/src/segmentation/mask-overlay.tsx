import { ImageOff } from "lucide-react";
import { type PointerEvent, type ReactNode, useState } from "react";
import { cx } from "../cx.ts";
import { usePicture } from "../loading/pictures.ts";
import { fillBox, imagePixelAt, type Point } from "../maps/camera.ts";
import type { OverlayLayer } from "../maps/layers.ts";
import { OverlayCanvas } from "./overlay-canvas.tsx";

export interface MaskOverlayProps {
  /** URL of the photograph; null shows the layers alone. */
  src: string | null;
  /** One small picture of many: fetched together with those that are asked for at the same time. */
  bundled?: boolean;
  /** Image pixels; they give the box its shape before anything has loaded. */
  width: number;
  height: number;
  layers: readonly OverlayLayer[];
  /** What is to be seen, for who cannot: "cat, predicted 62 %, IoU 0.71". */
  description: string;
  /** Image pixel under the pointer, or null when it leaves. */
  onPoint?: (pixel: Point | null) => void;
  className?: string;
}

/** A photograph with layers painted exactly over it, at the shape of the image. */
export function MaskOverlay({
  src,
  bundled = false,
  width,
  height,
  layers,
  description,
  onPoint,
  className,
}: MaskOverlayProps): ReactNode {
  const [missing, setMissing] = useState<string | null>(null);
  const picture = usePicture(bundled ? src : null);
  const shown = picture.status === "ready" ? picture.value.src : bundled ? null : src;
  const gone = picture.status === "failed" || (shown !== null && missing === shown);
  const point = (event: PointerEvent<HTMLElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = { x: event.clientX - box.left, y: event.clientY - box.top };
    const image = { width, height };
    onPoint?.(imagePixelAt(fillBox(image, box), at, image));
  };
  return (
    <span
      onPointerMove={onPoint === undefined ? undefined : point}
      onPointerLeave={() => onPoint?.(null)}
      className={cx("relative block w-full overflow-hidden bg-sunken", className)}
      style={{ aspectRatio: `${width} / ${height}` }}
      {...(shown === null && !gone && { role: "img", "aria-label": description })}
    >
      {gone ? (
        <span className="absolute inset-0 grid place-items-center text-ink-3">
          <ImageOff aria-hidden className="size-5" />
          <span className="sr-only">{description}: the photograph is missing</span>
        </span>
      ) : shown === null ? null : (
        <img
          src={shown}
          alt={description}
          loading={bundled ? "eager" : "lazy"}
          decoding="async"
          draggable={false}
          onError={() => setMissing(shown)}
          className="absolute inset-0 size-full"
        />
      )}
      <OverlayCanvas image={{ width, height }} layers={layers} />
    </span>
  );
}
