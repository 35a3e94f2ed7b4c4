import type { ColourMapName } from "@seedmask/ui/maps/colour-map";

/** What lies over a photograph. */
export const LAYERS = ["mask", "truth", "difference", "heat", "none"] as const;
export type LayerName = (typeof LAYERS)[number];

export const LAYER_TITLES: Readonly<Record<LayerName, string>> = {
  mask: "Mask",
  truth: "Ground truth",
  difference: "Difference",
  heat: "Heat map",
  none: "Image",
};

export const PALETTES = ["voc", "distinct"] as const;
export type PaletteName = (typeof PALETTES)[number];

/** How masks are shown; kept from image to image and from tile to lightbox. */
export interface Display {
  readonly layer: LayerName;
  /** Where Space and a second press of a layer's key lead back to. */
  readonly previous: LayerName;
  /** 0…1 */
  readonly opacity: number;
  readonly outline: boolean;
  readonly palette: PaletteName;
  /** Label shown alone. */
  readonly solo: number | null;
  readonly colours: ColourMapName;
  /** Heat maps from their own least to their own largest value: changes what a colour means. */
  readonly stretch: boolean;
  readonly legend: boolean;
}

export const DEFAULT_DISPLAY: Display = {
  layer: "mask",
  previous: "mask",
  opacity: 0.55,
  outline: true,
  palette: "voc",
  solo: null,
  colours: "viridis",
  stretch: false,
  legend: true,
};

/** Shows a layer, remembering the one before. */
export const showLayer = (display: Display, layer: LayerName): Display =>
  layer === display.layer ? display : { ...display, layer, previous: display.layer };

const toggle = (display: Display, layer: LayerName): Display =>
  display.layer !== layer
    ? showLayer(display, layer)
    : showLayer(display, display.previous === layer ? "mask" : display.previous);

const turnOpacity = (display: Display, by: number): Display => ({
  ...display,
  opacity: Math.min(1, Math.max(0, Math.round((display.opacity + by) * 20) / 20)),
});

/** What a key does to the display, or null where it means nothing here. */
export function displayAfterKey(display: Display, key: string): Display | null {
  switch (key) {
    case " ":
    case "b":
      return toggle(display, "none");
    case "g":
      return toggle(display, "truth");
    case "d":
      return toggle(display, "difference");
    case "h":
      return toggle(display, "heat");
    case "[":
      return turnOpacity(display, -0.05);
    case "]":
      return turnOpacity(display, 0.05);
    case "o":
      return { ...display, outline: !display.outline };
    case "l":
      return { ...display, legend: !display.legend };
    default:
      return null;
  }
}

/** The keys of the gallery and the lightbox, as the help lists them. */
export const DISPLAY_KEYS: readonly (readonly [keys: string, meaning: string])[] = [
  ["← →", "Step through images"],
  ["1 – 9", "Stage"],
  ["Space", "Overlay on and off"],
  ["G", "Ground truth"],
  ["D", "Difference to ground truth"],
  ["H", "Heat map"],
  ["[ ]", "Opacity"],
  ["O", "Outlines"],
  ["L", "Legend"],
  ["Z", "Zoom in and out"],
  ["F", "Whole image"],
  ["Esc", "Close"],
];
