import { labelStyles } from "./maps/palette.ts";
import type { FloatMap, LabelMap, LabelStyle, Rgb } from "./maps/types.ts";

/** Two ellipses on a meadow, drawn once as a photograph and once as label ids. */
interface Ellipse {
  readonly label: number;
  readonly x: number;
  readonly y: number;
  readonly radiusX: number;
  readonly radiusY: number;
}

const ELLIPSES: readonly Ellipse[] = [
  { label: 1, x: 90, y: 130, radiusX: 62, radiusY: 44 },
  { label: 2, x: 225, y: 120, radiusX: 48, radiusY: 70 },
];
const RING = 5;

export const SCENE = { width: 320, height: 240 };

/** The scene as an image a browser can show without a server. */
export const SCENE_URL = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="240"><defs><linearGradient id="s" x2="0" y2="1"><stop stop-color="#9db8c9"/><stop offset="1" stop-color="#dfe6e1"/></linearGradient></defs><rect width="320" height="240" fill="url(#s)"/><rect y="150" width="320" height="90" fill="#7f8d5c"/><ellipse cx="90" cy="130" rx="62" ry="44" fill="#8a6a4a"/><circle cx="52" cy="104" r="20" fill="#7a5a3c"/><ellipse cx="225" cy="120" rx="48" ry="70" fill="#3f4650"/><circle cx="225" cy="72" r="22" fill="#c9a78c"/></svg>`,
)}`;

const inside = ({ x, y, radiusX, radiusY }: Ellipse, atX: number, atY: number): number =>
  ((atX - x) / radiusX) ** 2 + ((atY - y) / radiusY) ** 2;

/** Label map of the scene; `grow` in pixels makes a seed too small or too large. */
export function sceneMask(grow = 0, ring = false): LabelMap {
  const data = new Uint8Array(SCENE.width * SCENE.height);
  for (const ellipse of ELLIPSES) {
    const grown = {
      ...ellipse,
      radiusX: ellipse.radiusX + grow,
      radiusY: ellipse.radiusY + grow,
    };
    const outer = { ...grown, radiusX: grown.radiusX + RING, radiusY: grown.radiusY + RING };
    for (let at = 0; at < data.length; at += 1) {
      const [x, y] = [at % SCENE.width, Math.floor(at / SCENE.width)];
      if (inside(grown, x, y) <= 1) data[at] = ellipse.label;
      else if (ring && data[at] === 0 && inside(outer, x, y) <= 1) data[at] = 255;
    }
  }
  return { ...SCENE, data };
}

/** Scores of the first class on a grid of stride 16. */
export function sceneScores(): FloatMap {
  const [width, height] = [SCENE.width / 16, SCENE.height / 16];
  const [ellipse] = ELLIPSES;
  return {
    width,
    height,
    data: Float32Array.from({ length: width * height }, (_, at) =>
      Math.exp(
        -1.4 * inside(ellipse!, (at % width) * 16 + 8 - 18, Math.floor(at / width) * 16 + 8 + 14),
      ),
    ),
  };
}

const COLOURS: readonly Rgb[] = [
  [128, 0, 0],
  [0, 128, 0],
  [128, 128, 0],
  [0, 0, 128],
  [128, 0, 128],
  [0, 128, 128],
  [128, 128, 128],
  [64, 0, 0],
  [192, 0, 0],
  [64, 128, 0],
  [192, 128, 0],
  [64, 0, 128],
  [192, 0, 128],
  [64, 128, 128],
  [192, 128, 128],
  [0, 64, 0],
  [128, 64, 0],
  [0, 192, 0],
  [128, 192, 0],
  [0, 64, 128],
];

/** As many classes as asked for, up to twenty. */
export const sceneStyles = (classes = 2): LabelStyle[] =>
  labelStyles(
    ["horse", "person", ...Array.from({ length: 18 }, (_, index) => `class ${index + 3}`)].slice(
      0,
      classes,
    ),
    COLOURS,
  );

/** A repeatable number, 0…1. */
export const wobble = (index: number): number => Math.abs(Math.sin(index * 12.9898) * 43758.5) % 1;
