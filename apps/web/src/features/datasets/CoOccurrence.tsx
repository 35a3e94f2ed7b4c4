import { colourAt } from "@seedmask/ui/maps/colour-map";
import { cssColour, luminance } from "@seedmask/ui/maps/palette";
import { formatCount } from "@seedmask/ui/format";

interface CoOccurrenceProps {
  readonly classes: readonly string[];
  /** Row-major C × C; the diagonal holds images per class. */
  readonly counts: readonly number[];
}

/** Share of the row's images that hold the column's class as well: what a CAM may mistake for it. */
export function CoOccurrence({ classes, counts }: CoOccurrenceProps) {
  const size = classes.length;
  const share = (row: number, column: number): number => {
    const own = counts[row * size + row] ?? 0;
    return own === 0 ? 0 : (counts[row * size + column] ?? 0) / own;
  };
  return (
    <section
      aria-label="Co-occurrence"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
      tabIndex={0}
      className="overflow-x-auto"
    >
      <table className="text-xs tabular-nums">
        <thead>
          <tr>
            <td />
            {classes.map((name) => (
              <th key={name} scope="col" className="h-24 px-0 align-bottom font-normal text-ink-3">
                <span className="inline-block max-h-24 truncate [writing-mode:vertical-rl]">
                  {name}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {classes.map((name, row) => (
            <tr key={name}>
              <th scope="row" className="pr-2 text-right font-normal whitespace-nowrap text-ink-3">
                {name}
              </th>
              {classes.map((other, column) => {
                const value = share(row, column);
                const colour = colourAt("viridis", row === column ? 0 : value);
                const count = counts[row * size + column] ?? 0;
                return (
                  <td
                    key={other}
                    title={`${name} with ${other}: ${formatCount(count)} images, ${Math.round(value * 100)} % of ${name}`}
                    className="size-7 min-w-7 text-center"
                    style={
                      row === column
                        ? undefined
                        : {
                            background: cssColour(colour),
                            color: luminance(colour) > 0.35 ? "#000" : "#fff",
                          }
                    }
                  >
                    {count === 0 ? "" : count}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
