import { BACKGROUND } from "../../contract/index.ts";
import type { Rgb } from "../../contract/index.ts";
import type { Random } from "../../tensor/random.ts";
import { blendPixel, coverage, eachPixelNear, shade } from "./canvas.ts";
import type { Canvas, Placement } from "./canvas.ts";
import type { Coat } from "./coats.ts";
import { createNoise } from "./noise.ts";
import { drawShadow } from "./draw-animal.ts";
import { box, distanceTo, ellipse } from "./shapes.ts";
import type { Shape } from "./shapes.ts";

/** Draws background that lies in front of what is there: it takes the label away again. */
function drawThing(
  canvas: Canvas,
  placement: Placement,
  shapes: readonly Shape[],
  colourAt: (x: number, y: number) => Rgb,
): void {
  eachPixelNear(canvas, placement, 0.6, (pixel, x, y) => {
    const nearest = Math.min(...shapes.map((shape) => distanceTo(shape, x, y)));
    const distance = nearest * placement.scale;
    const opacity = coverage(distance);
    if (opacity === 0) return;
    blendPixel(canvas, pixel, shade(colourAt(x, y), distance > -1.1 ? 0.74 : 1), opacity);
    if (distance >= 0) return;
    canvas.labels[pixel] = BACKGROUND;
    canvas.objects[pixel] = 0;
  });
}

/** A cushion in a coat's pattern: the body of an animal without its head, and background. */
export function drawCushion(
  canvas: Canvas,
  placement: Placement,
  coat: Coat,
  random: Random,
): void {
  const [rx, ry] = [0.26 + 0.12 * random.uniform(), 0.2 + 0.08 * random.uniform()];
  const shape = random.uniform() < 0.5 ? ellipse(0, 0, rx, ry) : box(0, 0, rx, ry, 0.09);
  drawShadow(canvas, { ...placement, y: placement.y - placement.scale * 0.16 }, rx);
  drawThing(canvas, placement, [shape], (x, y) =>
    shade(coat(x, y), 1.08 - 0.42 * Math.max(0, y + 0.05)),
  );
}

/** A bush or a heap of stones in the colour of the ground, in front of everything. */
export function drawCover(canvas: Canvas, placement: Placement, colour: Rgb, random: Random): void {
  const vary = (value: number) => value * (0.85 + 0.3 * random.uniform());
  const lumps = [
    ellipse(-0.2, 0.05, vary(0.17), vary(0.12)),
    ellipse(0, -0.02, vary(0.21), vary(0.18)),
    ellipse(0.21, 0.06, vary(0.15), vary(0.11)),
  ];
  const leaves = createNoise(random);
  drawShadow(canvas, { ...placement, y: placement.y - placement.scale * 0.22 }, 0.36);
  drawThing(canvas, placement, lumps, (x, y) =>
    shade(colour, 0.95 - 0.9 * y + 0.35 * (leaves(x * 22 + 30, y * 22 + 30) - 0.5)),
  );
}
