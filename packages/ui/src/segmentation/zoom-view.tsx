import { type CSSProperties, type ReactNode, useEffect, useEffectEvent, useRef } from "react";
import { cx } from "../cx.ts";
import {
  type Camera,
  imagePixelAt,
  panCamera,
  placeImage,
  type Point,
  zoomCamera,
} from "../maps/camera.ts";
import type { OverlayLayer } from "../maps/layers.ts";
import { OverlayCanvas } from "./overlay-canvas.tsx";
import { useDeviceSize } from "./use-device-size.ts";

export interface ZoomViewProps {
  src: string | null;
  /** Image pixels. */
  width: number;
  height: number;
  layers: readonly OverlayLayer[];
  camera: Camera;
  onCameraChange: (camera: Camera) => void;
  description: string;
  onPoint?: (pixel: Point | null) => void;
  /** Clips what is drawn, 0…1 from the left: for swiping between two views. */
  clipFrom?: number;
  className?: string;
}

const WHEEL_STEP = 0.0016;

/** A photograph with layers that can be zoomed (wheel, pinch) and moved (drag); the camera is shared. */
export function ZoomView({
  src,
  width,
  height,
  layers,
  camera,
  onCameraChange,
  description,
  onPoint,
  clipFrom,
  className,
}: ZoomViewProps): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const size = useDeviceSize(box);
  const image = { width, height };
  const onWheel = useEffectEvent((event: WheelEvent, node: HTMLElement): void => {
    const frame = node.getBoundingClientRect();
    const at = { x: event.clientX - frame.left, y: event.clientY - frame.top };
    const factor = Math.exp(-event.deltaY * WHEEL_STEP * (event.ctrlKey ? 4 : 1));
    onCameraChange(zoomCamera(camera, factor, at, image, frame));
  });
  useEffect(() => {
    const node = box.current;
    if (node === null) return;
    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      onWheel(event, node);
    };
    node.addEventListener("wheel", wheel, { passive: false });
    return () => node.removeEventListener("wheel", wheel);
  }, []);
  const held = useRef(new Map<number, Point>());
  const cssBox =
    size === null ? null : { width: size.width / size.ratio, height: size.height / size.ratio };
  const place = cssBox === null ? null : placeImage(camera, image, cssBox);
  const photo: CSSProperties =
    place === null
      ? { visibility: "hidden" }
      : {
          width,
          height,
          transform: `matrix(${place.scaleX}, 0, 0, ${place.scaleY}, ${place.x}, ${place.y})`,
          imageRendering: place.scaleX >= 6 ? "pixelated" : "auto",
        };
  return (
    <div
      ref={box}
      className={cx(
        "relative size-full touch-none overflow-hidden",
        camera.zoom > 1 ? "cursor-grab active:cursor-grabbing" : "cursor-zoom-in",
        className,
      )}
      style={clipFrom === undefined ? undefined : { clipPath: `inset(0 0 0 ${clipFrom * 100}%)` }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        held.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
      }}
      onPointerUp={(event) => held.current.delete(event.pointerId)}
      onPointerCancel={(event) => held.current.delete(event.pointerId)}
      onPointerLeave={() => onPoint?.(null)}
      onPointerMove={(event) => {
        const frame = event.currentTarget.getBoundingClientRect();
        const before = held.current.get(event.pointerId);
        if (before === undefined) {
          if (onPoint === undefined) return;
          const at = { x: event.clientX - frame.left, y: event.clientY - frame.top };
          onPoint(imagePixelAt(placeImage(camera, image, frame), at, image));
          return;
        }
        const now = { x: event.clientX, y: event.clientY };
        const other = [...held.current].find(([id]) => id !== event.pointerId)?.[1];
        held.current.set(event.pointerId, now);
        if (other === undefined) {
          const by = { x: now.x - before.x, y: now.y - before.y };
          onCameraChange(panCamera(camera, by, image, frame));
          return;
        }
        const spread = (point: Point): number => Math.hypot(point.x - other.x, point.y - other.y);
        const at = {
          x: (now.x + other.x) / 2 - frame.left,
          y: (now.y + other.y) / 2 - frame.top,
        };
        onCameraChange(zoomCamera(camera, spread(now) / spread(before), at, image, frame));
      }}
    >
      {src !== null && (
        <img
          src={src}
          alt={description}
          draggable={false}
          decoding="async"
          className="pointer-events-none absolute top-0 left-0 max-w-none origin-top-left"
          style={photo}
        />
      )}
      <OverlayCanvas image={image} layers={layers} camera={camera} />
    </div>
  );
}
