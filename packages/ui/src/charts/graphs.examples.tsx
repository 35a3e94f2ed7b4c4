import { wobble } from "../examples-data.ts";
import type { ExampleSet } from "../examples-type.ts";
import { FlowList } from "./flow-list.tsx";
import { ParallelCoordinates, type ParallelLine } from "./parallel-coordinates.tsx";

const trials: ParallelLine[] = Array.from({ length: 16 }, (_, index) => ({
  key: `trial-${index}`,
  label: `run ${index + 1}`,
  values: [0.1 + 0.4 * Math.abs(wobble(index)), index % 3 === 0 ? "aspp" : "large-fov"],
  score: index === 15 ? null : 0.35 + 0.2 * Math.abs(wobble(index + 40)),
}));
const axes = ["threshold", "head"];

export const parallelExamples: ExampleSet = {
  title: "Parallel coordinates",
  states: {
    default: () => (
      <ParallelCoordinates label="Trials" axes={axes} scoreLabel="mIoU" lines={trials} />
    ),
    "one trial": () => (
      <ParallelCoordinates
        label="Trials"
        axes={axes}
        scoreLabel="mIoU"
        lines={trials.slice(0, 1)}
      />
    ),
    empty: () => <ParallelCoordinates label="Trials" axes={axes} scoreLabel="mIoU" lines={[]} />,
  },
};

const row = (key: string, from: string[]) => ({ key, from, content: key });

export const flowExamples: ExampleSet = {
  title: "Flow list",
  states: {
    default: () => (
      <FlowList
        label="Artefacts"
        rows={[
          row("dataset", []),
          row("checkpoint", ["dataset"]),
          row("seed scores", ["checkpoint"]),
          row("pseudo mask", ["seed scores", "checkpoint"]),
        ]}
      />
    ),
    empty: () => <FlowList label="Artefacts" rows={[]} />,
  },
};
