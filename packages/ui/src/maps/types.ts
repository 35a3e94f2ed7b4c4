/** Each channel 0…255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** Label map of one image: `data[y * width + x]` is a label id; 0 background, 255 ignored. */
export interface LabelMap {
  readonly height: number;
  readonly width: number;
  readonly data: Uint8Array;
}

/** One map of scores on its own grid, which may be coarser than the image. */
export interface FloatMap {
  readonly height: number;
  readonly width: number;
  readonly data: Float32Array;
}

/** How one label is named and drawn. Legend and overlay read the same list. */
export interface LabelStyle {
  readonly label: number;
  readonly name: string;
  readonly colour: Rgb;
}

export interface Extent {
  readonly width: number;
  readonly height: number;
}

/** One cell of a grid, from the top left corner. */
export interface GridCell {
  readonly row: number;
  readonly column: number;
}

export const IGNORED = 255;
