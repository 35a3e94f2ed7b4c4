export interface FlowArc {
  readonly from: string;
  readonly to: string;
  /** SVG path in CSS pixels; it begins and ends at the right edge of the gutter. */
  readonly path: string;
  readonly end: { readonly x: number; readonly y: number };
}

/** Pixels that arcs of a row keep apart from its middle, so that coming and going do not touch. */
const APART = 7;

/**
 * Arcs beside rows of equal height: the further apart two rows are, the further out their arc. A source
 * that is no row is left out.
 */
export function flowArcs(
  rows: readonly { readonly key: string; readonly from: readonly string[] }[],
  { rowHeight, width }: { readonly rowHeight: number; readonly width: number },
): FlowArc[] {
  const places = new Map(rows.map(({ key }, at) => [key, at]));
  const middle = (at: number): number => (at + 0.5) * rowHeight;
  const longest = Math.max(1, rows.length - 1);
  return rows.flatMap(({ key, from }, to) =>
    from.flatMap((source) => {
      const begin = places.get(source);
      if (begin === undefined || begin === to) return [];
      const reach = 14 + ((width - 20) * (Math.abs(to - begin) - 1)) / longest;
      const [y1, y2] = [middle(begin) + APART, middle(to) - APART];
      const x = width - reach;
      const bend = Math.min(reach, Math.abs(y2 - y1) / 2, 12);
      const path =
        `M${width},${y1} L${x + bend},${y1} Q${x},${y1} ${x},${y1 + bend} ` +
        `L${x},${y2 - bend} Q${x},${y2} ${x + bend},${y2} L${width},${y2}`;
      return [{ from: source, to: key, path, end: { x: width - 3, y: y2 } }];
    }),
  );
}
