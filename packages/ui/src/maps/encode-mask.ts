import { encode } from "fast-png";
import type { LabelMap, Rgb } from "./types.ts";

/**
 * A mask as PNG bytes: label ids under a palette, as VOC's own masks are.
 *
 * palette  colour of every label 0…255
 */
export const encodeMask = (
  { width, height, data }: LabelMap,
  palette: readonly Rgb[],
): Uint8Array<ArrayBuffer> =>
  encode({
    width,
    height,
    data,
    depth: 8,
    channels: 1,
    palette: palette.map((colour) => [...colour]),
  }) as Uint8Array<ArrayBuffer>;
