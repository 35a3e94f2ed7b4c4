import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { cx } from "../cx.ts";
import { gridLayout } from "./grid-layout.ts";

export interface ImageGridProps<Item> {
  items: readonly Item[];
  keyOf: (item: Item) => string;
  renderTile: (item: Item, index: number) => ReactNode;
  /** Narrowest tile, CSS pixels. */
  tileWidth?: number;
  /** Height of the picture as a share of its width. */
  aspect?: number;
  /** Text rows under each picture, CSS pixels. */
  footerHeight?: number;
  /** Rows kept ready beyond each edge; by default as many as 120 tiles allow. */
  overscan?: number;
  /** Asks for the next page, when there is one, as the end comes near. */
  onEndNear?: (() => void) | undefined;
  /** Positions of the first and the last tile that exist, whenever they change. */
  onRange?: (first: number, last: number) => void;
  label: string;
  className?: string;
}

const GAP = 12;

/** A wall of tiles of which only the visible ones exist: never more than 120 are alive. */
export function ImageGrid<Item>({
  items,
  keyOf,
  renderTile,
  tileWidth = 200,
  aspect = 0.75,
  footerHeight = 28,
  overscan,
  onEndNear,
  onRange,
  label,
  className,
}: ImageGridProps<Item>): ReactNode {
  const scroller = useRef<HTMLUListElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const node = scroller.current;
    if (node === null) return;
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    observer.observe(node);
    return () => observer.disconnect();
  }, []);
  const layout = gridLayout({
    count: items.length,
    width,
    tileWidth,
    aspect,
    footerHeight,
    gap: GAP,
  });
  const rows = useVirtualizer({
    count: width === 0 ? 0 : layout.rows,
    getScrollElement: () => scroller.current,
    estimateSize: () => layout.rowHeight,
    overscan: overscan ?? layout.overscan,
  });
  useEffect(() => rows.measure(), [rows, layout.rowHeight]);
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (width > 0 && last >= layout.rows - 2) onEndNear?.();
  }, [width, last, layout.rows, onEndNear]);
  const first = shown[0]?.index ?? 0;
  // Before the tiles' own effects: what the range makes its owner fetch goes out with their wishes.
  useLayoutEffect(() => {
    if (width > 0) onRange?.(first * layout.columns, (last + 1) * layout.columns - 1);
  }, [width, first, last, layout.columns, onRange]);
  return (
    <ul
      ref={scroller}
      aria-label={label}
      className={cx("relative min-h-0 flex-1 overflow-y-auto overflow-x-hidden", className)}
    >
      <li aria-hidden style={{ height: rows.getTotalSize() }} />
      {shown.flatMap((row) =>
        items
          .slice(row.index * layout.columns, (row.index + 1) * layout.columns)
          .map((item, column) => (
            <li
              key={keyOf(item)}
              aria-setsize={items.length}
              aria-posinset={row.index * layout.columns + column + 1}
              className="absolute top-0 left-0"
              style={{
                width: layout.width,
                height: layout.rowHeight - GAP,
                transform: `translate(${column * (layout.width + GAP)}px, ${row.start}px)`,
              }}
            >
              {renderTile(item, row.index * layout.columns + column)}
            </li>
          )),
      )}
    </ul>
  );
}
