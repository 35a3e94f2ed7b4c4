import { type RefObject, useEffect, useState } from "react";

export interface DeviceSize {
  /** Device pixels. */
  readonly width: number;
  readonly height: number;
  /** Device pixels a CSS pixel. */
  readonly ratio: number;
}

/**
 * The browser's own whole number where it agrees to a pixel with what follows from the layout; an
 * emulated screen density does not reach it, and Safari does not tell it.
 */
const snapped = (computed: number, exact: number | undefined): number =>
  exact !== undefined && Math.abs(exact - computed) < 1 ? exact : Math.round(computed);

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
      const width = snapped(entry.contentRect.width * ratio, exact?.inlineSize);
      const height = snapped(entry.contentRect.height * ratio, exact?.blockSize);
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
