import type { LabelId, Rgb } from "../../contract/index.ts";
import type { Random } from "../../tensor/random.ts";
import type { Animal } from "./animals.ts";
import { blendPixel, colourOf, coverage, eachPixelNear, shade } from "./canvas.ts";
import type { Canvas, Placement } from "./canvas.ts";
import type { Coat } from "./coats.ts";
import { box, distanceTo, ellipse, smoothUnion } from "./shapes.ts";
import type { Shape } from "./shapes.ts";

/** The same for all classes; the figure varies with the animal, not with its kind. */
export interface Figure {
  readonly trunk: Shape;
  readonly chest: Shape;
  readonly tail: Shape;
  readonly feet: readonly Shape[];
  readonly headX: number;
  readonly headY: number;
  readonly headRadius: number;
}

const PAWS: Rgb = colourOf("e3cba8");
/** No part of a figure lies further from its origin, local units. */
const REACH = 0.75;
/** No part of a head lies further from its centre, in radii; no foot above this height. */
const HEAD_REACH = 2;
const FEET_BELOW = 0.1;

export function drawFigure(random: Random): Figure {
  const vary = (value: number, by: number) => value * (1 + by * (2 * random.uniform() - 1));
  const height = vary(0.27, 0.12);
  return {
    trunk: ellipse(-0.1, 0.06, vary(0.37, 0.08), height),
    chest: ellipse(0.16, 0.02, vary(0.21, 0.1), height * 0.86),
    tail: ellipse(-0.45, vary(0, 1) - 0.04, 0.07),
    feet: [-0.28, 0.12].map((x) => box(x, height + 0.04, 0.09, 0.07, 0.06)),
    headX: vary(0.33, 0.08),
    headY: vary(-0.17, 0.2),
    headRadius: vary(0.135, 0.08),
  };
}

/** Distances of the parts at a local position, in local units. */
function bodyDistance({ trunk, chest, tail }: Figure, x: number, y: number): number {
  const torso = smoothUnion(distanceTo(trunk, x, y), distanceTo(chest, x, y), 0.12);
  return Math.min(torso, distanceTo(tail, x, y));
}

function outlineDistance({ head, outline }: Animal, u: number, v: number): number {
  let distance = Number.POSITIVE_INFINITY;
  for (let i = 0; i < outline; i += 1)
    distance = Math.min(distance, distanceTo(head[i]!.shape, u, v));
  return distance;
}

/** Darker towards the outline, as a drawn edge. distance in pixels, negative inside. */
const edgeShade = (distance: number): number => (distance > -1.1 ? 0.72 : 1);

export interface Sitter {
  readonly animal: Animal;
  readonly label: LabelId;
  /** Number of the object in the scene, from 1. */
  readonly object: number;
  readonly coat: Coat;
  readonly figure: Figure;
  readonly placement: Placement;
}

/** Soft shadow on the ground; no part of the animal. */
export function drawShadow(canvas: Canvas, placement: Placement, width: number): void {
  const ground = { ...placement, turn: 0, y: placement.y + placement.scale * 0.34 };
  eachPixelNear(canvas, ground, width * 1.3, (pixel, x, y) => {
    const away = Math.hypot(x / width, y / (width * 0.32));
    if (away < 1) blendPixel(canvas, pixel, [20, 24, 34], 0.34 * (1 - away));
  });
}

/** Pixels of its head and of all of it, before anything is drawn over it. */
export interface DrawnPixels {
  /** Pixels of the whole face, also where it is beyond the edge of the picture. */
  readonly headArea: number;
  readonly head: readonly number[];
  readonly all: readonly number[];
}

/** Draws an animal and labels every pixel whose centre lies inside it. */
export function drawAnimal(canvas: Canvas, sitter: Sitter): DrawnPixels {
  const { animal, figure, coat, placement, label, object } = sitter;
  const { scale } = placement;
  const { headX, headY, headRadius } = figure;
  const head: number[] = [];
  const all: number[] = [];
  eachPixelNear(canvas, placement, REACH, (pixel, x, y) => {
    let nearest = Number.POSITIVE_INFINITY;
    const cover = (distance: number, colour: Rgb) => {
      nearest = Math.min(nearest, distance);
      const opacity = coverage(distance);
      if (opacity > 0) blendPixel(canvas, pixel, colour, opacity);
    };
    for (const foot of y > FEET_BELOW ? figure.feet : []) {
      const distance = distanceTo(foot, x, y) * scale;
      cover(distance, shade(PAWS, edgeShade(distance)));
    }
    const body = bodyDistance(figure, x, y) * scale;
    if (body < 1) {
      // Light falls from above: the belly lies in shade.
      cover(body, shade(coat(x, y), edgeShade(body) * (1.08 - 0.42 * Math.max(0, y + 0.05))));
    }
    const u = (x - headX) / headRadius;
    const v = (y - headY) / headRadius;
    const headDistance =
      Math.max(Math.abs(u), Math.abs(v)) > HEAD_REACH
        ? Number.POSITIVE_INFINITY
        : outlineDistance(animal, u, v) * headRadius * scale;
    if (headDistance < 1) {
      for (const { shape, colour } of animal.head) {
        const distance = distanceTo(shape, u, v) * headRadius * scale;
        cover(distance, shade(colour, headDistance > -0.7 ? 0.8 : 1));
      }
    }
    if (nearest >= 0) return;
    canvas.labels[pixel] = label;
    canvas.objects[pixel] = object;
    all.push(pixel);
    if (headDistance < 0) head.push(pixel);
  });
  return { head, all, headArea: Math.PI * (headRadius * scale) ** 2 };
}
