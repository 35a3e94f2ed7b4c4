import type { Placement } from "./camera.ts";
import type { ColourScaleName } from "./colour-map.ts";
import { paintHeat } from "./paint-heat.ts";
import { labelPaint, paintLabels, type PixelTarget } from "./paint-labels.ts";
import type { Extent, FloatMap, LabelMap, LabelStyle } from "./types.ts";

/** What may lie over a photograph. */
export type OverlayLayer =
  | {
      readonly kind: "mask";
      readonly map: LabelMap;
      readonly styles: readonly LabelStyle[];
      readonly opacity: number;
      readonly outline?: boolean;
      /** Label shown alone. */
      readonly solo?: number | null;
      /** Labels drawn with stripes, beside 255. */
      readonly hatched?: readonly number[];
    }
  | {
      readonly kind: "heat";
      readonly map: FloatMap;
      readonly colours: ColourScaleName;
      readonly range: readonly [low: number, high: number];
      readonly opacity: number;
      /** False draws every cell of the grid as it is. */
      readonly smooth?: boolean;
      /** Image pixels the grid lies over, where it reaches beyond the image. */
      readonly extent?: Extent;
    };

/** Paints layers from the lowest to the highest; a mask replaces what is beneath, heat blends with it. */
export function paintLayers(
  target: PixelTarget,
  place: (source: Extent) => Placement,
  image: Extent,
  layers: readonly OverlayLayer[],
  outlineWidth: number,
): void {
  target.words.fill(0);
  for (const layer of layers) {
    if (layer.opacity === 0) continue;
    if (layer.kind === "heat") {
      paintHeat(target, place(image), image, layer.map, layer);
    } else {
      const { map, styles, opacity, outline, solo, hatched } = layer;
      const paint = labelPaint(styles, { opacity, outline, solo, hatched });
      paintLabels(target, place(map), map, paint, outlineWidth);
    }
  }
}
