/**
 * Fills a polygon: a pixel belongs to it when its centre lies inside (even-odd rule).
 *
 * points    x0, y0, x1, y1, … in pixels, closed by itself
 * into      [height, width]  pixels inside are set to `value`, the others left alone
 */
export function fillPolygon(
  points: readonly number[],
  {
    into,
    height,
    width,
    value,
  }: { into: Uint8Array; height: number; width: number; value: number },
): void {
  const corners = Math.floor(points.length / 2);
  const crossings: number[] = [];
  for (let y = 0; y < height; y += 1) {
    const centre = y + 0.5;
    crossings.length = 0;
    for (let i = 0, last = corners - 1; i < corners; last = i, i += 1) {
      const [x0, y0] = [points[last * 2]!, points[last * 2 + 1]!];
      const [x1, y1] = [points[i * 2]!, points[i * 2 + 1]!];
      if (y0 <= centre === y1 <= centre) continue;
      crossings.push(x0 + ((centre - y0) / (y1 - y0)) * (x1 - x0));
    }
    crossings.sort((a, b) => a - b);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const start = Math.max(0, Math.ceil(crossings[i]! - 0.5));
      const end = Math.min(width, Math.ceil(crossings[i + 1]! - 0.5));
      if (start < end) into.fill(value, y * width + start, y * width + end);
    }
  }
}
