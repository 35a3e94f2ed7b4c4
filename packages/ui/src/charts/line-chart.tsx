import { lazy, type ReactNode, Suspense, useState } from "react";
import { cx } from "../cx.ts";
import { formatNumber } from "../format/format.ts";
import { Button } from "../primitives/button.tsx";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "../primitives/table.tsx";
import { alignSeries, bestOf, lastOf, type Series } from "./series.ts";

/** The plotting library comes once a page has lines to draw. */
const LinePlot = lazy(async () => ({ default: (await import("./line-plot.tsx")).LinePlot }));

export interface LineChartProps {
  /** What is drawn, for who cannot see it: "Loss by step". */
  label: string;
  series: readonly Series[];
  stepLabel?: string;
  format?: (value: number) => string;
  logarithmic?: boolean;
  /** 0 draws what was measured, up to 0.99 its running mean. */
  smoothing?: number;
  /** CSS pixels. */
  height?: number;
  className?: string;
}

/** Lines over steps with best and last values; the canvas redraws without moving anything around it. */
export function LineChart({
  label,
  series,
  stepLabel = "Step",
  format = formatNumber,
  logarithmic = false,
  smoothing = 0,
  height = 220,
  className,
}: LineChartProps): ReactNode {
  const [asTable, setAsTable] = useState(false);
  /** A plot keeps its lines; other lines make another plot. */
  const lines = series.map((one) => `${one.key}\n${one.label}\n${one.better ?? ""}`).join("\n\n");
  return (
    <figure className={cx("min-w-0", className)} aria-label={label}>
      <figcaption className="flex flex-wrap items-center gap-x-4 gap-y-1 pb-1 text-xs">
        {series.map((one, index) => {
          const [best, last] = [bestOf(one), lastOf(one)];
          return (
            <span key={one.key} className="flex items-center gap-1.5 text-ink-2">
              <span
                aria-hidden
                className="w-4 border-t-2"
                style={{
                  borderColor: `var(--sm-series-${(index % 8) + 1})`,
                  borderStyle: index < 8 ? "solid" : "dashed",
                }}
              />
              {one.label}
              <span className="text-ink tabular-nums">
                {last === null ? "·" : format(last.value)}
              </span>
              {best !== null && (
                <span
                  className="text-ink-3 tabular-nums"
                  title={`Best, at ${stepLabel.toLowerCase()} ${best.step}`}
                >
                  best {format(best.value)}
                </span>
              )}
            </span>
          );
        })}
        <Button
          variant="quiet"
          size="small"
          className="ml-auto"
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? "View as chart" : "View as table"}
        </Button>
      </figcaption>
      {asTable ? (
        <SeriesTable series={series} stepLabel={stepLabel} format={format} label={label} />
      ) : series.every((one) => one.steps.length === 0) ? (
        <p
          className="grid place-items-center rounded-md border border-dashed border-line-strong/50 text-sm text-ink-3"
          style={{ height }}
        >
          No point yet
        </p>
      ) : (
        <Suspense fallback={<div style={{ height }} />}>
          <LinePlot
            key={lines}
            series={series}
            format={format}
            logarithmic={logarithmic}
            smoothing={smoothing}
            height={height}
          />
        </Suspense>
      )}
    </figure>
  );
}

function SeriesTable({
  series,
  stepLabel,
  format,
  label,
}: Required<Pick<LineChartProps, "series" | "stepLabel" | "format" | "label">>): ReactNode {
  const [steps, ...columns] = alignSeries(series);
  return (
    <div className="max-h-72 overflow-y-auto">
      <Table label={label}>
        <TableHead>
          <tr>
            <TableHeader align="right">{stepLabel}</TableHeader>
            {series.map((one) => (
              <TableHeader key={one.key} align="right">
                {one.label}
              </TableHeader>
            ))}
          </tr>
        </TableHead>
        <TableBody>
          {steps.map((step, row) => (
            <TableRow key={step}>
              <TableCell align="right">{step}</TableCell>
              {series.map((one, index) => {
                const value = columns[index]?.[row];
                return (
                  <TableCell key={one.key} align="right">
                    {value === null ? "×" : value === undefined ? "" : format(value)}
                  </TableCell>
                );
              })}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
