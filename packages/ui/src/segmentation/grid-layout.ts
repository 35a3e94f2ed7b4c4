export interface GridRequest {
  readonly count: number;
  /** CSS pixels to fill. */
  readonly width: number;
  readonly tileWidth: number;
  readonly aspect: number;
  readonly footerHeight: number;
  readonly gap: number;
}

export interface GridLayout {
  readonly columns: number;
  readonly rows: number;
  /** CSS pixels of a tile; whole, so that neighbours have the same number of device pixels. */
  readonly width: number;
  /** CSS pixels from one row to the next. */
  readonly rowHeight: number;
  /** Rows kept ready beyond each edge. */
  readonly overscan: number;
}

/** Tiles kept beyond each edge at most: with a screenful of 80 the sum stays under 120. */
const SPARE_TILES = 18;

/** How many tiles fit a row, and how large they are then. */
export function gridLayout({
  count,
  width,
  tileWidth,
  aspect,
  footerHeight,
  gap,
}: GridRequest): GridLayout {
  const columns = Math.max(1, Math.floor((width + gap) / (tileWidth + gap)));
  const tile = Math.max(1, Math.floor((width - gap * (columns - 1)) / columns));
  return {
    columns,
    rows: Math.ceil(count / columns),
    width: tile,
    rowHeight: Math.round(tile * aspect) + footerHeight + gap,
    overscan: Math.max(1, Math.floor(SPARE_TILES / columns)),
  };
}
