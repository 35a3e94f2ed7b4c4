import { type ReactNode, useEffect, useEffectEvent, useMemo, useRef } from "react";
import UPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { lineOptions } from "./line-options.ts";
import { alignSeries, type Series, smooth } from "./series.ts";
import { type ChartColours, useThemeColours } from "./use-theme-colours.ts";

export interface LinePlotProps {
  series: readonly Series[];
  format: (value: number) => string;
  logarithmic: boolean;
  smoothing: number;
  height: number;
}

/** The canvas of a line chart: new points redraw it, a new theme or scale makes it anew. */
export function LinePlot({
  series,
  format,
  logarithmic,
  smoothing,
  height,
}: LinePlotProps): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<UPlot>(null);
  const colours = useThemeColours(box);
  const data = useMemo((): UPlot.AlignedData => {
    const [steps, ...columns] = alignSeries(series);
    return [
      steps,
      ...columns.map((column) => (smoothing > 0 ? smooth(column, smoothing) : column)),
    ];
  }, [series, smoothing]);
  const create = useEffectEvent(
    (node: HTMLElement, theme: ChartColours, side: number, log: boolean): UPlot =>
      new UPlot(
        lineOptions({
          colours: theme,
          width: node.clientWidth,
          height: side,
          logarithmic: log,
          series,
          format,
        }),
        data,
        node,
      ),
  );
  useEffect(() => {
    const node = box.current;
    if (node === null || colours === null) return;
    const plot = create(node, colours, height, logarithmic);
    chart.current = plot;
    const observer = new ResizeObserver(() => plot.setSize({ width: node.clientWidth, height }));
    observer.observe(node);
    return () => {
      observer.disconnect();
      plot.destroy();
      chart.current = null;
    };
  }, [colours, height, logarithmic]);
  useEffect(() => {
    chart.current?.setData(data);
  }, [data]);
  return <div ref={box} style={{ height }} />;
}
