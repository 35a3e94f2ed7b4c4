import type UPlot from "uplot";
import { bestOf, type Series } from "./series.ts";
import type { ChartColours } from "./use-theme-colours.ts";

export interface LineOptionsRequest {
  readonly colours: ChartColours;
  readonly width: number;
  readonly height: number;
  readonly logarithmic: boolean;
  readonly series: readonly Series[];
  readonly format: (value: number) => string;
}

/** Rings the best drawn point of every series that has a direction. */
function drawBest(plot: UPlot, series: readonly Series[], colours: ChartColours): void {
  const { ctx: context } = plot;
  for (const [index, { better, key, label }] of series.entries()) {
    const values = plot.data[index + 1] ?? [];
    const best = bestOf({
      key,
      label,
      steps: [...plot.data[0]],
      values: [...values].map((value) => value ?? null),
      ...(better && { better }),
    });
    if (best === null) continue;
    const ratio = devicePixelRatio;
    context.save();
    context.strokeStyle = colours.series[index % 8]!;
    context.lineWidth = 2 * ratio;
    context.beginPath();
    const [x, y] = [plot.valToPos(best.step, "x", true), plot.valToPos(best.value, "y", true)];
    context.arc(x, y, 5 * ratio, 0, 2 * Math.PI);
    context.stroke();
    context.restore();
  }
}

export function lineOptions({
  colours,
  width,
  height,
  logarithmic,
  series,
  format,
}: LineOptionsRequest): UPlot.Options {
  const axis: UPlot.Axis = {
    stroke: colours.ink,
    grid: { stroke: colours.grid, width: 1 },
    ticks: { stroke: colours.grid, width: 1, size: 4 },
    font: "11px Inter Variable, sans-serif",
  };
  return {
    width,
    height,
    legend: { show: false },
    cursor: { y: false, points: { size: 7 } },
    scales: { x: { time: false }, y: { distr: logarithmic ? 3 : 1 } },
    axes: [
      { ...axis, size: 30 },
      {
        ...axis,
        size: 54,
        values: (_plot, ticks) => ticks.map((tick) => (tick === null ? "" : format(tick))),
      },
    ],
    series: [
      {},
      ...series.map((one, index) => ({
        label: one.label,
        stroke: colours.series[index % 8]!,
        width: 1.75,
        spanGaps: true,
        ...(index >= 8 && { dash: [6, 4] }),
        points: { show: one.steps.length < 40, size: 4 },
      })),
    ],
    hooks: { draw: [(plot) => drawBest(plot, series, colours)] },
  };
}
