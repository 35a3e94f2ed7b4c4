import { type ReactNode, useLayoutEffect, useRef } from "react";
import { type Camera, fillBox, placeImage, type Placement } from "../maps/camera.ts";
import { type PixelTarget, pixelTarget } from "../maps/paint-labels.ts";
import type { Extent } from "../maps/types.ts";
import { type OverlayLayer, paintLayers } from "../maps/layers.ts";
import { useDeviceSize } from "./use-device-size.ts";

export interface OverlayCanvasProps {
  image: Extent;
  layers: readonly OverlayLayer[];
  /** Without it the image fills the box exactly. */
  camera?: Camera | undefined;
}

/** A layer on its own size but over the same place: masks may come smaller than the photograph. */
const scaledTo = (placement: Placement, image: Extent, source: Extent): Placement => ({
  ...placement,
  scaleX: (placement.scaleX * image.width) / source.width,
  scaleY: (placement.scaleY * image.height) / source.height,
});

/** Paints layers in device pixels over whatever lies beneath. Fills its positioned parent. */
export function OverlayCanvas({ image, layers, camera }: OverlayCanvasProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const buffer = useRef<PixelTarget>(null);
  const size = useDeviceSize(canvas);
  const { width: imageWidth, height: imageHeight } = image;
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || size === null || size.width === 0 || size.height === 0) return;
    const { width, height, ratio } = size;
    if (context.canvas.width !== width || context.canvas.height !== height) {
      context.canvas.width = width;
      context.canvas.height = height;
    }
    if (layers.length === 0) {
      context.clearRect(0, 0, width, height);
      return;
    }
    if (buffer.current?.width !== width || buffer.current.height !== height) {
      buffer.current = pixelTarget(width, height);
    }
    const target = buffer.current;
    const extent = { width: imageWidth, height: imageHeight };
    const placement =
      camera === undefined ? fillBox(extent, size) : placeImage(camera, extent, size);
    paintLayers(
      target,
      (source) => scaledTo(placement, extent, source),
      extent,
      layers,
      Math.max(1, Math.round(ratio)),
    );
    context.putImageData(new ImageData(target.bytes, width, height), 0, 0);
  }, [size, layers, camera, imageWidth, imageHeight]);
  return (
    <canvas ref={canvas} aria-hidden className="pointer-events-none absolute inset-0 size-full" />
  );
}
