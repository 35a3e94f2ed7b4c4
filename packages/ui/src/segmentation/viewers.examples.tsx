import { type ReactNode, useState } from "react";
import { SCENE, SCENE_URL, sceneMask, sceneScores, sceneStyles } from "../examples-data.ts";
import type { ExampleSet } from "../examples-type.ts";
import { type Camera, WHOLE_IMAGE } from "../maps/camera.ts";
import { COLOUR_MAPS } from "../maps/colour-map.ts";
import { ERROR_HATCHED, ERROR_STYLES, errorMap } from "../maps/difference.ts";
import type { OverlayLayer } from "../maps/layers.ts";
import type { GridCell } from "../maps/types.ts";
import { Button } from "../primitives/button.tsx";
import { ClassLegend } from "./class-legend.tsx";
import { ColourBar } from "./colour-bar.tsx";
import { CompareSlider } from "./compare-slider.tsx";
import { Lightbox } from "./lightbox.tsx";
import { MaskOverlay } from "./mask-overlay.tsx";
import { PixelPicker } from "./pixel-picker.tsx";
import { StageStrip } from "./stage-strip.tsx";
import { ZoomView } from "./zoom-view.tsx";

const styles = sceneStyles();
const mask: OverlayLayer = { kind: "mask", map: sceneMask(), styles, opacity: 0.55 };
const seed: OverlayLayer = { kind: "mask", map: sceneMask(-16, true), styles, opacity: 0.55 };
const errors: OverlayLayer = {
  kind: "mask",
  map: errorMap(sceneMask(9), sceneMask()),
  styles: ERROR_STYLES,
  opacity: 0.75,
  outline: false,
  hatched: ERROR_HATCHED,
};
const heat = (colours: (typeof COLOUR_MAPS)[number]): OverlayLayer => ({
  kind: "heat",
  map: sceneScores(),
  colours,
  range: [0, 1],
  opacity: 0.9,
});

const Picture = ({
  layers,
  src = SCENE_URL,
}: {
  layers: readonly OverlayLayer[];
  src?: string | null;
}): ReactNode => (
  <div className="w-80 max-w-full">
    <MaskOverlay src={src} {...SCENE} layers={layers} description="A horse and a person" />
  </div>
);

function SoloLegend(): ReactNode {
  const [solo, setSolo] = useState<number | null>(1);
  return (
    <div className="flex flex-col gap-2">
      <Picture layers={[{ ...mask, solo } as OverlayLayer]} />
      <ClassLegend styles={styles.slice(1)} solo={solo} onSolo={setSolo} />
    </div>
  );
}

export const overlayExamples: ExampleSet = {
  title: "Mask overlay",
  states: {
    default: () => <Picture layers={[mask]} />,
    "ignored band": () => <Picture layers={[seed]} />,
    "one class": () => <SoloLegend />,
    difference: () => (
      <div className="flex flex-col gap-2">
        <Picture layers={[errors]} />
        <ClassLegend styles={ERROR_STYLES.slice(1)} hatched={ERROR_HATCHED} />
      </div>
    ),
    loading: () => <Picture layers={[]} src={null} />,
    failed: () => <Picture layers={[mask]} src="data:image/png;base64,bm90IGFuIGltYWdl" />,
    "21 classes": () => <ClassLegend styles={sceneStyles(20)} />,
  },
};

export const heatExamples: ExampleSet = {
  title: "Heat map",
  states: Object.fromEntries(
    COLOUR_MAPS.map((colours) => [
      colours,
      () => (
        <div className="flex flex-col gap-2">
          <Picture layers={[heat(colours)]} />
          <ColourBar colours={colours} tick={0.25} />
        </div>
      ),
    ]),
  ),
};

function Zoomed({ start }: { start: Camera }): ReactNode {
  const [camera, setCamera] = useState(start);
  return (
    <div className="h-72 w-full max-w-xl bg-sunken">
      <ZoomView
        src={SCENE_URL}
        {...SCENE}
        layers={[mask]}
        camera={camera}
        onCameraChange={setCamera}
        description="A horse and a person"
      />
    </div>
  );
}

function Swiped(): ReactNode {
  const [position, setPosition] = useState(0.45);
  const [camera, setCamera] = useState(WHOLE_IMAGE);
  const view = {
    src: SCENE_URL,
    ...SCENE,
    camera,
    onCameraChange: setCamera,
    description: "A horse and a person",
  };
  return (
    <div className="h-72 w-full max-w-xl bg-sunken">
      <CompareSlider
        position={position}
        onPositionChange={setPosition}
        leftLabel="Seeds"
        rightLabel="Prediction"
        left={<ZoomView {...view} layers={[seed]} />}
        right={<ZoomView {...view} layers={[mask]} clipFrom={position} />}
      />
    </div>
  );
}

function Picked({ start }: { start: GridCell }): ReactNode {
  const [cell, setCell] = useState(start);
  return (
    <PixelPicker
      src={SCENE_URL}
      image={SCENE}
      grid={{ width: 20, height: 15 }}
      cell={cell}
      onCell={setCell}
      layers={[
        {
          kind: "heat",
          map: sceneScores(),
          colours: "viridis",
          range: [0, 1],
          opacity: 0.8,
          smooth: false,
        },
      ]}
      label="Pixel looked at"
      description="A horse and a person"
      className="w-80 max-w-full"
    />
  );
}

function Opened(): ReactNode {
  const [index, setIndex] = useState<number | null>(null);
  return (
    <>
      <Button onClick={() => setIndex(0)}>Open the lightbox</Button>
      {index !== null && (
        <Lightbox
          title={`scene-${index + 1}`}
          picture={{
            src: SCENE_URL,
            ...SCENE,
            layers: [index % 2 === 0 ? mask : seed],
            description: "A horse and a person",
          }}
          index={index}
          count={4}
          onIndexChange={setIndex}
          onClose={() => setIndex(null)}
          side={<ClassLegend styles={styles} />}
        />
      )}
    </>
  );
}

export const viewerExamples: ExampleSet = {
  title: "Zoom, swipe, lightbox",
  states: {
    default: () => <Zoomed start={WHOLE_IMAGE} />,
    zoomed: () => <Zoomed start={{ zoom: 12, x: 0.45, y: 0.5 }} />,
    swipe: () => <Swiped />,
    lightbox: () => <Opened />,
    "pixel picker": () => <Picked start={{ row: 7, column: 5 }} />,
    "pixel picker, corner": () => <Picked start={{ row: 14, column: 19 }} />,
  },
};

export const stripExamples: ExampleSet = {
  title: "Stage strip",
  states: {
    default: () => (
      <StageStrip
        label="scene-1"
        cells={[
          { key: "image", title: "scene-1", picture: <Picture layers={[]} /> },
          { key: "truth", title: "Ground truth", picture: <Picture layers={[mask]} /> },
          {
            key: "seeds",
            title: "Make seeds",
            picture: <Picture layers={[seed]} />,
            iou: 0.482,
          },
          {
            key: "refined",
            title: "Refine seeds",
            picture: <Picture layers={[mask]} />,
            iou: 0.613,
            delta: 0.131,
            onOpen: () => undefined,
          },
          {
            key: "predict",
            title: "Predict",
            picture: <Picture layers={[]} src={null} />,
            iou: "not-yet",
          },
        ]}
      />
    ),
  },
};
