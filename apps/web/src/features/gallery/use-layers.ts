import { useLabelMap } from "@seedmask/ui/loading/label-maps";
import { useScoreMaps } from "@seedmask/ui/loading/score-maps";
import { ERROR_HATCHED, ERROR_STYLES, errorMap } from "@seedmask/ui/maps/difference";
import { rangeOf } from "@seedmask/ui/maps/paint-heat";
import { mapOfClass } from "@seedmask/ui/maps/threshold-labels";
import type { LabelStyle } from "@seedmask/ui/maps/types";
import type { OverlayLayer } from "@seedmask/ui/maps/layers";
import { useMemo } from "react";
import type { Display } from "./display.ts";

/** Where the layers of one image come from; null for what does not exist. */
export interface LayerSources {
  readonly mask: string | null;
  readonly truth: string | null;
  readonly scores: string | null;
}

export interface Layers {
  readonly layers: readonly OverlayLayer[];
  readonly status: "ready" | "loading" | "failed";
  /** Why it failed, or why there is nothing to show. */
  readonly message: string | null;
}

const NOTHING: readonly OverlayLayer[] = [];

/** The layers a display asks for; files of layers that are off are neither fetched nor decoded. */
export function useLayers(
  sources: LayerSources,
  display: Display,
  styles: readonly LabelStyle[],
  /** Class whose heat map is shown, 0…C−1; the first that the image has where null. */
  heatClass: number | null,
): Layers {
  const { layer, opacity, outline, solo, colours, stretch } = display;
  const compared = layer === "difference";
  const mask = useLabelMap(layer === "mask" || compared ? sources.mask : null);
  const truth = useLabelMap(layer === "truth" || compared ? sources.truth : null);
  const scores = useScoreMaps(layer === "heat" ? sources.scores : null);
  const maskValue = mask.status === "ready" ? mask.value : null;
  const truthValue = truth.status === "ready" ? truth.value : null;
  const scoresValue = scores.status === "ready" ? scores.value : null;

  const difference = useMemo(
    () => (maskValue && truthValue && compared ? errorMap(maskValue, truthValue) : null),
    [maskValue, truthValue, compared],
  );
  const layers = useMemo((): readonly OverlayLayer[] => {
    if (layer === "difference" && difference) {
      return [
        {
          kind: "mask",
          map: difference,
          styles: ERROR_STYLES,
          opacity,
          outline: false,
          hatched: ERROR_HATCHED,
        },
      ];
    }
    const labels = layer === "mask" ? maskValue : layer === "truth" ? truthValue : null;
    if (labels) return [{ kind: "mask", map: labels, styles, opacity, outline, solo }];
    if (scoresValue) {
      const map = mapOfClass(scoresValue, heatClass ?? scoresValue.classes[0] ?? -1);
      if (map === null) return NOTHING;
      return [{ kind: "heat", map, colours, range: stretch ? rangeOf(map) : [0, 1], opacity }];
    }
    return NOTHING;
  }, [
    layer,
    difference,
    maskValue,
    truthValue,
    scoresValue,
    styles,
    opacity,
    outline,
    solo,
    heatClass,
    colours,
    stretch,
  ]);

  const asked = [mask, truth, scores];
  const failed = asked.find((one) => one.status === "failed");
  if (failed) return { layers, status: "failed", message: failed.message };
  if (asked.some((one) => one.status === "loading")) {
    return { layers, status: "loading", message: null };
  }
  const missing =
    layer === "heat" && sources.scores === null
      ? "This stage keeps no scores"
      : (layer === "truth" || compared) && sources.truth === null
        ? "This image has no ground truth"
        : null;
  return { layers, status: "ready", message: missing };
}
