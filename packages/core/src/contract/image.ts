/** Upright 8-bit RGB image: `data[(y * width + x) * 3 + channel]`, 0…255. */
export interface RgbImage {
  readonly height: number;
  readonly width: number;
  readonly data: Uint8Array;
}

/**
 * One float map per listed class: `data[(i * height + y) * width + x]` belongs to `classes[i]`.
 * Only present classes are kept; classes ascend.
 */
export interface ScoreMaps {
  readonly height: number;
  readonly width: number;
  /** Class indices, 0…C−1. */
  readonly classes: Int32Array;
  readonly data: Float32Array;
}
