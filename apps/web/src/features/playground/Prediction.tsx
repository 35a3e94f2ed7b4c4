import {
  maskPath,
  type PredictionMeta,
  probePath,
  scorePath,
  seenImagePath,
} from "@seedmask/core/contract";
import { useLabelMap } from "@seedmask/ui/loading/label-maps";
import { useScoreMaps } from "@seedmask/ui/loading/score-maps";
import type { OverlayLayer } from "@seedmask/ui/maps/layers";
import { mapOfClass, thresholdLabels, winnersOf } from "@seedmask/ui/maps/threshold-labels";
import { Card } from "@seedmask/ui/primitives/card";
import { Segmented } from "@seedmask/ui/primitives/segmented";
import { Slider } from "@seedmask/ui/primitives/slider";
import { ClassLegend } from "@seedmask/ui/segmentation/class-legend";
import { ColourBar } from "@seedmask/ui/segmentation/colour-bar";
import { MaskOverlay } from "@seedmask/ui/segmentation/mask-overlay";
import { Failed } from "@seedmask/ui/states/failed";
import { useMemo } from "react";
import { classStyles } from "#lib/class-styles.ts";
import { artifactFileUrl } from "#lib/file-urls.ts";
import { useFile } from "../probes/use-probes.ts";
import { tensorOf } from "../probes/tensors.ts";
import { ClassScores } from "./ClassScores.tsx";
import { mapsOfPresent, sureLabels } from "./cut.ts";
import { ExportMask } from "./ExportMask.tsx";
import { type Layer, usePredictionView } from "./use-prediction-view.ts";

interface PredictionProps {
  readonly artifact: string;
  readonly meta: PredictionMeta;
}

const LAYER_WORDS: Readonly<Record<Layer, string>> = {
  mask: "Mask",
  cam: "Class map",
  seed: "Seed",
  image: "Image",
};
/** A class is taken for present above it. */
const PRESENT = 0.5;

/** The picture with mask, class map or seed over it. Sliders cut here; nothing is asked again. */
export function Prediction({ artifact, meta }: PredictionProps) {
  const { key, classes, original, seen, scores, hasMask } = meta;
  const view = usePredictionView(meta);
  const { layer, heatClass, threshold, least } = view;
  const styles = useMemo(() => classStyles(classes), [classes]);
  const file = (path: string): string => artifactFileUrl(artifact, path);
  const mask = useLabelMap(hasMask ? file(maskPath(key)) : null);
  const probability = useFile(hasMask ? file(probePath(key)) : null);
  const maps = useScoreMaps(scores === null ? null : file(scorePath(key)));

  const maskValue = mask.status === "ready" ? mask.value : null;
  const probabilityValue = probability.status === "ready" ? probability.value : null;
  const mapsValue = maps.status === "ready" ? maps.value : null;
  const sure = useMemo(() => {
    if (maskValue === null || probabilityValue === null) return null;
    const data = tensorOf(probabilityValue, "confidence", "U8").bytes;
    return sureLabels(maskValue, { ...seen, data }, least);
  }, [maskValue, probabilityValue, seen, least]);
  const winners = useMemo(
    () =>
      mapsValue === null || scores === null
        ? null
        : winnersOf(mapsOfPresent(mapsValue, scores, PRESENT), seen),
    [mapsValue, scores, seen],
  );
  const seed = useMemo(() => winners && thresholdLabels(winners, threshold), [winners, threshold]);
  const shown = layer === "mask" ? sure : layer === "seed" ? seed : null;
  const heat = layer === "cam" && mapsValue ? mapOfClass(mapsValue, heatClass) : null;
  const layers = useMemo((): readonly OverlayLayer[] => {
    if (shown) return [{ kind: "mask", map: shown, styles, opacity: 0.55 }];
    if (heat)
      return [{ kind: "heat", map: heat, colours: "viridis", range: [0, 1], opacity: 0.85 }];
    return [];
  }, [shown, heat, styles]);
  const labels = useMemo(() => new Set(shown?.data), [shown]);
  const failed = [mask, probability, maps].find((one) => one.status === "failed");
  const scaled = original.width !== seen.width;
  const options = view.offered.map((value) => ({ value, label: LAYER_WORDS[value] }));

  return (
    <div className="grid gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <Card
        title={<span className="break-all">{meta.name}</span>}
        description={
          scaled
            ? `${original.width} × ${original.height} pixels, looked at with ${seen.width} × ${seen.height}`
            : `${original.width} × ${original.height} pixels`
        }
      >
        <Segmented
          className="mb-3"
          label="Layer"
          value={layer}
          onValueChange={view.chooseLayer}
          options={options}
        />
        {failed?.status === "failed" && (
          <Failed className="mb-3" title="A part of the answer could not be read">
            {failed.message}
          </Failed>
        )}
        <MaskOverlay
          src={file(seenImagePath(key))}
          width={seen.width}
          height={seen.height}
          layers={layers}
          description={meta.name}
          className="mx-auto max-w-160 rounded-md"
        />
        <div className="mt-3 flex flex-wrap items-center gap-x-5 gap-y-2">
          {layer === "mask" && (
            <Slider
              className="min-w-56 flex-1"
              label="Surer than"
              value={least}
              onValueChange={view.setLeast}
              format={(value) => value.toFixed(2)}
            />
          )}
          {layer === "seed" && (
            <Slider
              className="min-w-56 flex-1"
              label="Threshold"
              value={threshold}
              onValueChange={view.setThreshold}
              format={(value) => value.toFixed(2)}
            />
          )}
          {layer === "cam" && (
            <span className="flex items-center gap-2 text-xs text-ink-2">
              {classes[heatClass]}
              <ColourBar colours="viridis" />
            </span>
          )}
          {shown && <ExportMask map={shown} name={`${meta.name}-${layer}`} />}
        </div>
        {shown && (
          <ClassLegend
            className="mt-2"
            styles={styles.filter(({ label }) => label > 0 && labels.has(label))}
          />
        )}
        {layer === "seed" && (
          <p className="mt-2 text-xs text-ink-3">
            The strongest class map above the threshold, of classes more probable than{" "}
            {PRESENT * 100} %
          </p>
        )}
      </Card>
      <ClassScores
        classes={classes}
        styles={styles}
        scores={scores}
        chosen={layer === "cam" ? heatClass : null}
        onChoose={view.chooseClass}
      />
    </div>
  );
}
