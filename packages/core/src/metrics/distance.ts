import type { LabelMap } from "../contract/index.ts";

/** Further than any pixel of an image that has a boundary. */
export const NO_BOUNDARY = 0xffff;

/** Whether a pixel touches one of another label, over an edge. */
function touchesOther({ height, width, data }: LabelMap, y: number, x: number): boolean {
  const at = y * width + x;
  const label = data[at]!;
  return (
    (x > 0 && data[at - 1] !== label) ||
    (x + 1 < width && data[at + 1] !== label) ||
    (y > 0 && data[at - width] !== label) ||
    (y + 1 < height && data[at + width] !== label)
  );
}

/**
 * Distance of every pixel to the nearest boundary between two labels, 255 among them.
 *
 * labels   [H, W]
 * returns  [H, W]  chessboard distance in pixels; 0 where a pixel touches another label
 *
 * Empty case: a map of one label has no boundary: NO_BOUNDARY everywhere.
 * @see Kohli et al. 2009, section 5 (trimaps); Rosenfeld & Pfaltz 1966 (two passes are exact)
 */
export function boundaryDistance(labels: LabelMap): Uint16Array {
  const { height, width } = labels;
  const distance = new Uint16Array(height * width).fill(NO_BOUNDARY);
  const relax = (at: number, y: number, x: number): void => {
    if (y < 0 || y >= height || x < 0 || x >= width) return;
    const beyond = distance[y * width + x]! + 1;
    if (beyond < distance[at]!) distance[at] = beyond;
  };
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      if (touchesOther(labels, y, x)) distance[at] = 0;
      for (let side = -1; side <= 1; side += 1) relax(at, y - 1, x + side);
      relax(at, y, x - 1);
    }
  }
  for (let y = height - 1; y >= 0; y -= 1) {
    for (let x = width - 1; x >= 0; x -= 1) {
      const at = y * width + x;
      for (let side = -1; side <= 1; side += 1) relax(at, y + 1, x + side);
      relax(at, y, x + 1);
    }
  }
  return distance;
}

/** Running count of marks along one line, written where a mark lies within the radius. */
function spreadLine(
  from: Uint8Array,
  to: Uint8Array,
  line: { start: number; step: number; length: number; radius: number },
): void {
  const { start, step, length, radius } = line;
  let last = -Infinity;
  for (let i = 0; i < length; i += 1) {
    if (from[start + i * step] === 1) last = i;
    to[start + i * step] = i - last <= radius ? 1 : 0;
  }
  let next = Infinity;
  for (let i = length - 1; i >= 0; i -= 1) {
    if (from[start + i * step] === 1) next = i;
    if (next - i <= radius) to[start + i * step] = 1;
  }
}

/**
 * Pixels that have a pixel of a label within a radius.
 *
 * labels   [H, W]
 * returns  [H, W]  1 or 0
 *
 * label   label id to look for
 * radius  chessboard distance, pixels; 0 marks the label's own pixels
 *
 * Empty case: a label that does not occur gives zeros.
 * @see Serra 1982, chapter II (dilation by a square, one axis after the other)
 */
export function nearLabel(
  { height, width, data }: LabelMap,
  { label, radius }: { readonly label: number; readonly radius: number },
): Uint8Array {
  const marks = data.map((value) => (value === label ? 1 : 0));
  const alongRows = new Uint8Array(marks.length);
  for (let y = 0; y < height; y += 1) {
    spreadLine(marks, alongRows, { start: y * width, step: 1, length: width, radius });
  }
  const near = new Uint8Array(marks.length);
  for (let x = 0; x < width; x += 1) {
    spreadLine(alongRows, near, { start: x, step: width, length: height, radius });
  }
  return near;
}
