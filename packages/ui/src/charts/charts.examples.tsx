import { type ReactNode, useState } from "react";
import { wobble } from "../examples-data.ts";
import type { ExampleSet } from "../examples-type.ts";
import { BarList } from "./bar-list.tsx";
import { DensityMap } from "./density-map.tsx";
import { Histogram } from "./histogram.tsx";
import { LineChart } from "./line-chart.tsx";
import { Sparkline } from "./sparkline.tsx";
import type { Series } from "./series.ts";
import { ShareBar } from "./share-bar.tsx";
import { ThresholdCurve } from "./threshold-curve.tsx";

const series = (key: string, label: string, count: number, seed: number): Series => ({
  key,
  label,
  better: "lower",
  steps: Array.from({ length: count }, (_, index) => index * 10),
  values: Array.from(
    { length: count },
    (_, index) => 0.08 + 1.2 * Math.exp(-index / (count / 4)) + 0.06 * wobble(index + seed),
  ),
});

const decay = [series("train", "train loss", 200, 3)];
const many = Array.from({ length: 10 }, (_, index) =>
  series(`run-${index}`, `run ${index + 1}`, 120, index * 50),
);
const nothing: Series[] = [{ key: "train", label: "train loss", steps: [], values: [] }];

export const lineExamples: ExampleSet = {
  title: "Line chart",
  states: {
    default: () => <LineChart label="Loss by step" series={decay} />,
    smoothed: () => <LineChart label="Loss by step" series={decay} smoothing={0.9} />,
    empty: () => <LineChart label="Loss by step" series={nothing} />,
    "10 runs": () => <LineChart label="Loss by step" series={many} logarithmic />,
  },
};

const thresholds = Array.from({ length: 200 }, (_, index) => index / 200);
const hill = (peak: number, top: number): number[] =>
  thresholds.map((at) => top * Math.exp(-((at - peak) ** 2) / (at < peak ? 0.03 : 0.12)));

function Curve(): ReactNode {
  const [value, setValue] = useState(50);
  return (
    <ThresholdCurve
      label="Mean IoU by threshold"
      thresholds={thresholds}
      value={value}
      onValueChange={setValue}
      marks={[{ position: 44, label: "best" }]}
      lines={[
        { key: "iou", label: "Mean IoU", values: hill(0.22, 0.47) },
        { key: "precision", label: "Precision", values: thresholds.map((at) => 0.35 + 0.55 * at) },
        { key: "recall", label: "Recall", values: thresholds.map((at) => 0.95 * (1 - at) ** 1.3) },
      ]}
    />
  );
}

export const thresholdExamples: ExampleSet = {
  title: "Threshold curve",
  states: { default: () => <Curve /> },
};

export const barExamples: ExampleSet = {
  title: "Bars and histogram",
  states: {
    default: () => (
      <BarList
        label="Images per class"
        items={["horse", "person", "tvmonitor"].map((label, index) => ({
          key: label,
          label,
          value: 400 - index * 130,
        }))}
      />
    ),
    signed: () => (
      <BarList
        signed
        label="Change by class"
        format={(value) => `${value > 0 ? "+" : "−"}${Math.abs(value)}`}
        items={[
          { key: "a", label: "horse", value: 4.1 },
          { key: "b", label: "person", value: 0.6 },
          { key: "c", label: "tvmonitor", value: -2.2 },
        ]}
      />
    ),
    histogram: () => (
      <Histogram
        label="IoU of images"
        range={[0, 1]}
        mark={0.48}
        counts={Array.from({ length: 40 }, (_, index) => Math.round(40 * wobble(index) + index))}
      />
    ),
  },
};

const share = (value: number): string => `${Math.round(value * 100)} %`;
export const sparklineExamples: ExampleSet = {
  title: "Sparkline",
  states: {
    default: () => (
      <Sparkline
        label="CPU"
        range={[0, 1]}
        format={share}
        values={Array.from({ length: 80 }, (_, index) =>
          index > 30 && index < 36 ? null : wobble(index),
        )}
      />
    ),
    empty: () => <Sparkline label="CPU" range={[0, 1]} format={share} values={[null]} />,
  },
};

export const shareExamples: ExampleSet = {
  title: "Shares of a whole",
  states: {
    default: () => (
      <ShareBar
        label="Wrong pixels by cause"
        onSelect={() => undefined}
        parts={[
          { key: "missed", label: "Missed object", help: "under a tenth found", value: 52_310 },
          { key: "ragged", label: "Ragged boundary", value: 31_002 },
          { key: "class", label: "Wrong class", value: 1_204 },
          { key: "spill", label: "Spill-over", value: 80_411 },
          { key: "part", label: "Missed part", value: 0 },
        ]}
      />
    ),
    empty: () => <ShareBar label="No errors" parts={[{ key: "a", label: "None", value: 0 }]} />,
  },
};

export const densityExamples: ExampleSet = {
  title: "Density of a scatter",
  states: {
    default: () => (
      <DensityMap
        label="Class is in the image"
        bins={20}
        counts={Array.from({ length: 400 }, (_, at) => Math.round((at % 23) ** 2 / 40))}
        x={{ label: "Probability", most: 1 }}
        y={{ label: "CAM mass", most: 3.2 }}
        marks={[{ key: "cat", label: "cat", x: 0.8, y: 2.1, colour: [64, 0, 0] }]}
      />
    ),
  },
};
