import type { ReactNode } from "react";
import { SCENE, SCENE_URL, sceneStyles, wobble } from "../examples-data.ts";
import type { ExampleSet } from "../examples-type.ts";
import { ClassHeatStrip } from "./class-heat-strip.tsx";
import { ClassIouTable } from "./class-iou-table.tsx";
import { divergingColour } from "../maps/colour-map.ts";
import { ConfusionMatrix } from "./confusion-matrix.tsx";
import { HeatMatrix } from "./heat-matrix.tsx";
import { ImageGrid } from "./image-grid.tsx";
import { IouBar } from "./iou-bar.tsx";
import { MaskOverlay } from "./mask-overlay.tsx";
import { PixelFlow } from "./pixel-flow.tsx";
import { PrecisionRecallMap } from "./precision-recall-map.tsx";
import { StageFunnel } from "./stage-funnel.tsx";

const rows = (classes: number) =>
  Array.from({ length: classes + 1 }, (_, label) => ({
    label,
    iou: label === 3 ? null : 0.2 + 0.7 * wobble(label + 1),
    precision: label === 3 ? null : 0.3 + 0.6 * wobble(label + 40),
    recall: label === 3 ? null : 0.25 + 0.7 * wobble(label + 80),
    delta: label === 3 ? null : wobble(label + 7) * 0.1 - 0.04,
  }));

const ious = (classes: number, lift: number): (number | null)[] =>
  rows(classes).map(({ iou }) => (iou === null ? null : Math.min(1, iou * lift)));

export const classExamples: ExampleSet = {
  title: "Classes",
  states: {
    default: () => <ClassIouTable rows={rows(6)} styles={sceneStyles(6)} />,
    "21 classes": () => (
      <ClassHeatStrip values={rows(20).map(({ iou }) => iou)} styles={sceneStyles(20)} />
    ),
    bars: () => (
      <div className="flex max-w-xs flex-col gap-1.5">
        <IouBar value={0.624} reference={0.71} />
        <IouBar value={0} />
        <IouBar value={null} />
        <IouBar value="not-yet" />
        <IouBar value="failed" />
      </div>
    ),
  },
};

const confusion = (labels: number): number[] =>
  Array.from({ length: labels * labels }, (_, at) => {
    const [row, column] = [Math.floor(at / labels), at % labels];
    if (row === 3) return 0;
    return Math.round(wobble(at + 1) * (row === column ? 9000 : column === 0 ? 2600 : 300));
  });

export const confusionExamples: ExampleSet = {
  title: "Confusion matrix",
  states: {
    default: () => (
      <ConfusionMatrix
        labels={7}
        matrix={confusion(7)}
        styles={sceneStyles(6)}
        onSelect={() => undefined}
        selected={{ truth: 2, predicted: 0 }}
      />
    ),
    extreme: () => <ConfusionMatrix labels={21} matrix={confusion(21)} styles={sceneStyles(20)} />,
  },
};

export const pixelFlowExamples: ExampleSet = {
  title: "Pixels from stage to stage",
  states: {
    default: () => (
      <PixelFlow
        steps={[
          {
            from: "Make seeds",
            to: "Refine seeds",
            counts: [600, 40, 0, 120, 240, 0, 0, 0, 0],
          },
          {
            from: "Refine seeds",
            to: "Make pseudo masks",
            counts: [690, 0, 30, 0, 180, 100, 0, 0, 0],
          },
          {
            from: "Make pseudo masks",
            to: "Predict",
            counts: [640, 50, 0, 60, 120, 0, 70, 60, 0],
          },
        ]}
      />
    ),
    "one step": () => (
      <PixelFlow
        steps={[{ from: "Make seeds", to: "Predict", counts: [8, 1, 0, 2, 5, 0, 0, 0, 0] }]}
      />
    ),
  },
};

export const heatMatrixExamples: ExampleSet = {
  title: "Heat matrix",
  states: {
    default: () => (
      <HeatMatrix
        rows={["horse", "person"]}
        columns={["background", "horse", "person"]}
        corner="CAM of"
        caption="Rows are CAMs, columns true labels."
        onSelect={() => undefined}
        selected={[0, 2]}
        cell={(row, column) => ({
          colour:
            row === 1 && column === 1 ? null : divergingColour(wobble(row * 3 + column) * 2 - 1),
          text: row === 1 && column === 1 ? "—" : String(row * 3 + column),
          words: `cell ${row}, ${column}`,
        })}
      />
    ),
  },
};

export const funnelExamples: ExampleSet = {
  title: "Stage funnel",
  states: {
    default: () => (
      <StageFunnel
        styles={sceneStyles(6)}
        reference={{ label: "Supervised twin", value: 0.71 }}
        stages={[
          {
            key: "seeds",
            title: "Make seeds",
            meanIou: 0.446,
            classIous: ious(6, 0.7),
            scope: "train",
            provenance: "train, 800 images",
          },
          {
            key: "refined",
            title: "Refine seeds",
            meanIou: 0.522,
            classIous: ious(6, 0.85),
            scope: "train",
            provenance: "train, 800 images",
          },
          {
            key: "pseudo",
            title: "Make pseudo masks",
            meanIou: 0.508,
            classIous: ious(6, 0.82),
            scope: "train",
            provenance: "train, 800 images",
          },
          {
            key: "predict",
            title: "Predict",
            meanIou: 0.574,
            classIous: ious(6, 1),
            scope: "val",
            provenance: "val, 200 images",
          },
        ]}
      />
    ),
    loading: () => (
      <StageFunnel
        styles={sceneStyles(6)}
        stages={[
          { key: "seeds", title: "Make seeds", meanIou: 0.446, classIous: ious(6, 0.7) },
          { key: "refined", title: "Refine seeds", meanIou: "not-yet", classIous: [] },
          { key: "predict", title: "Predict", meanIou: "failed", classIous: [] },
        ]}
      />
    ),
    "21 classes": () => (
      <StageFunnel
        styles={sceneStyles(20)}
        stages={[
          { key: "seeds", title: "Make seeds", meanIou: 0.446, classIous: ious(20, 0.7) },
          { key: "predict", title: "Predict", meanIou: 0.574, classIous: ious(20, 1) },
        ]}
      />
    ),
  },
};

export const precisionRecallExamples: ExampleSet = {
  title: "Precision and recall",
  states: {
    default: () => (
      <PrecisionRecallMap
        styles={sceneStyles(8)}
        onSelect={() => undefined}
        points={rows(8).map(({ label, precision, recall }) => ({
          label,
          precision,
          recall,
          pixels: 4000 + 90_000 * wobble(label),
          ...(label === 1 && {
            trail: [
              { precision: 0.35, recall: 0.8 },
              { precision: 0.5, recall: 0.7 },
            ],
          }),
        }))}
      />
    ),
  },
};

const Wall = ({ count }: { count: number }): ReactNode => (
  <div className="flex h-96">
    <ImageGrid
      label="Images"
      items={Array.from({ length: count }, (_, index) => index)}
      keyOf={String}
      renderTile={(index) => (
        <button type="button" className="block w-full text-left">
          <MaskOverlay src={SCENE_URL} {...SCENE} layers={[]} description="A horse and a person" />
          <span className="text-xs text-ink-3">Image {index}</span>
        </button>
      )}
    />
  </div>
);

export const gridExamples: ExampleSet = {
  title: "Image grid",
  states: { "10 000 images": () => <Wall count={10_000} />, "3 images": () => <Wall count={3} /> },
};
