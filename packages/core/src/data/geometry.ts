import type { Size } from "./resize-pillow.ts";

/** Python's and Pillow's rounding: halves go to the even neighbour. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** Size whose long side is `target` pixels, the other rounded, at least 1. @see psa imutils.py, RandomResizeLong */
export function sizeOfLongSide({ height, width }: Size, target: number): Size {
  const scale = target / Math.max(height, width);
  return {
    height: Math.max(1, roundHalfEven(height * scale)),
    width: Math.max(1, roundHalfEven(width * scale)),
  };
}

/** Each side times `scale`, rounded as psa and irn do, at least 1. @see irn voc12/dataloader.py, VOC12ClassificationDatasetMSF */
export function scaledSize({ height, width }: Size, scale: number): Size {
  return {
    height: Math.max(1, roundHalfEven(height * scale)),
    width: Math.max(1, roundHalfEven(width * scale)),
  };
}
