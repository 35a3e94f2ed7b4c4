import { type RefObject, useEffect, useState } from "react";

export interface DeviceSize {
  /** Device pixels. */
  readonly width: number;
  readonly height: number;
  /** Device pixels a CSS pixel. */
  readonly ratio: number;
}

/**
 * Size of an element in whole device pixels, as the browser snapped it, or null before it is known.
 * Follows resizing and moving to a screen of another density.
 */
export function useDeviceSize(element: RefObject<HTMLElement | null>): DeviceSize | null {
  const [size, setSize] = useState<DeviceSize | null>(null);
  useEffect(() => {
    const node = element.current;
    if (node === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry === undefined) return;
      const ratio = window.devicePixelRatio;
      const exact = entry.devicePixelContentBoxSize?.[0];
      const width = exact?.inlineSize ?? Math.round(entry.contentRect.width * ratio);
      const height = exact?.blockSize ?? Math.round(entry.contentRect.height * ratio);
      setSize((old) =>
        old?.width === width && old.height === height && old.ratio === ratio
          ? old
          : { width, height, ratio },
      );
    });
    try {
      observer.observe(node, { box: "device-pixel-content-box" });
    } catch {
      observer.observe(node);
    }
    return () => observer.disconnect();
  }, [element]);
  return size;
}
