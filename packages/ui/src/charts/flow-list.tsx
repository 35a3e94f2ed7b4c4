import { type ReactNode, useState } from "react";
import { cx } from "../cx.ts";
import { flowArcs } from "./flow-arcs.ts";

export interface FlowRow {
  readonly key: string;
  /** Keys of earlier rows that flow into this one. */
  readonly from: readonly string[];
  readonly content: ReactNode;
}

export interface FlowListProps {
  /** What flows, for who cannot see it: "Artefacts of the run". */
  readonly label: string;
  readonly rows: readonly FlowRow[];
  /** CSS pixels of a row; contents that need more are cut. */
  readonly rowHeight?: number;
}

const GUTTER = 56;

/**
 * A graph as a list: rows in order, arcs beside them from what flows to where it flows. It needs no
 * more width than a list, and reads as one without the arcs.
 */
export function FlowList({ label, rows, rowHeight = 60 }: FlowListProps): ReactNode {
  const [active, setActive] = useState<string | null>(null);
  const arcs = flowArcs(rows, { rowHeight, width: GUTTER });
  const height = rows.length * rowHeight;
  return (
    <div className="relative min-w-0">
      <svg
        aria-hidden
        width={GUTTER}
        height={height}
        viewBox={`0 0 ${GUTTER} ${height}`}
        className="absolute top-0 left-0"
      >
        {arcs.map(({ from, to, path, end }) => {
          const lit = active === from || active === to;
          return (
            <g key={`${from} ${to}`} className={lit ? "text-accent" : "text-line-strong"}>
              <path d={path} fill="none" stroke="currentColor" strokeWidth={lit ? 2 : 1.25} />
              <circle cx={end.x} cy={end.y} r={3} fill="currentColor" />
            </g>
          );
        })}
      </svg>
      <ol aria-label={label} style={{ paddingLeft: GUTTER + 4 }}>
        {rows.map(({ key, content }) => (
          <li
            key={key}
            style={{ height: rowHeight }}
            className={cx(
              "flex min-w-0 items-center overflow-hidden rounded-md border-b border-line px-2 last:border-b-0",
              active === key && "bg-sunken",
            )}
            onMouseEnter={() => setActive(key)}
            onMouseLeave={() => setActive(null)}
            onFocus={() => setActive(key)}
            onBlur={() => setActive(null)}
          >
            {content}
          </li>
        ))}
      </ol>
    </div>
  );
}
