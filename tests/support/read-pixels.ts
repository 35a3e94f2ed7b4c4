import type { Page } from "@playwright/test";
import { VOC_PALETTE } from "@seedmask/core/contract";
import { z } from "zod";

const seenSchema = z.object({
  /** Device pixels of the canvas, and of the box it fills. */
  canvas: z.tuple([z.number(), z.number()]),
  box: z.tuple([z.number(), z.number()]),
  /**
   * Device pixels under which the mask has a class, and those that do not show its colour. At a
   * fractional density without those that touch another label.
   */
  expected: z.number(),
  wrong: z.number(),
  /** Device pixels of background that show a class's colour. */
  spilled: z.number(),
  /** Label → device pixels on the screen. */
  labels: z.record(z.string(), z.number()),
});
export type SeenPixels = z.infer<typeof seenSchema>;

interface Question {
  /** PNG of what is on the screen, base64. */
  readonly screen: string;
  /** Address of the mask that should be over the picture. */
  readonly mask: string;
  readonly palette: readonly (readonly number[])[];
}

/** Runs in the page: the browser's own decoder reads mask and screen, none of our code does. */
async function compare({ screen, mask, palette }: Question): Promise<unknown> {
  async function read(blob: Blob): Promise<ImageData> {
    const image = await createImageBitmap(blob, { colorSpaceConversion: "none" });
    const { width, height } = image;
    const context = new OffscreenCanvas(width, height).getContext("2d")!;
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, width, height);
  }
  const canvas = document.querySelector<HTMLCanvasElement>("[role=dialog] canvas")!;
  const box = canvas.getBoundingClientRect();
  const ratio = window.devicePixelRatio;
  const shot = Uint8Array.from(atob(screen), (character) => character.charCodeAt(0));
  const seen = await read(new Blob([shot]));
  const truth = await read(await (await fetch(mask)).blob());
  const word = (values: ArrayLike<number>, at: number): number =>
    (values[at]! << 16) | (values[at + 1]! << 8) | values[at + 2]!;
  const colourAt = ({ data, width }: ImageData, x: number, y: number): number =>
    word(data, (y * width + x) * 4);
  const labelOf = new Map(palette.map((colour, label) => [word(colour, 0), label]));
  // The picture fits its box, in the middle, at the shape of the image.
  const scale = Math.min(canvas.width / truth.width, canvas.height / truth.height);
  const [left, top] = [canvas.width - truth.width * scale, canvas.height - truth.height * scale];
  const [boxX, boxY] = [Math.round(box.x * ratio), Math.round(box.y * ratio)];
  // Between whole densities the browser may lay the canvas between device pixels and blend its edges.
  const margin = Number.isInteger(ratio) ? 0 : 1;
  const labelAt = (x: number, y: number): number | null => {
    const row = Math.floor((y + 0.5 - top / 2) / scale);
    const column = Math.floor((x + 0.5 - left / 2) / scale);
    if (row < 0 || column < 0 || row >= truth.height || column >= truth.width) return null;
    return labelOf.get(colourAt(truth, column, row)) ?? 255;
  };
  const isInside = (x: number, y: number, label: number): boolean =>
    [-margin, margin].every((dy) =>
      [-margin, margin].every((dx) => labelAt(x + dx, y + dy) === label),
    );
  const found = { expected: 0, wrong: 0, spilled: 0, labels: {} as Record<string, number> };
  for (let y = 0; y < canvas.height; y += 1) {
    for (let x = 0; x < canvas.width; x += 1) {
      const label = labelAt(x, y);
      if (label === null || label === 255 || !isInside(x, y, label)) continue;
      const shown = labelOf.get(colourAt(seen, boxX + x, boxY + y)) ?? 0;
      if (label === 0) {
        if (shown !== 0) found.spilled += 1;
        continue;
      }
      found.expected += 1;
      if (shown !== label) found.wrong += 1;
      else found.labels[label] = (found.labels[label] ?? 0) + 1;
    }
  }
  return {
    ...found,
    canvas: [canvas.width, canvas.height],
    box: [Math.round(box.width * ratio), Math.round(box.height * ratio)],
  };
}

/** Holds what the lightbox shows against a mask, device pixel by device pixel. */
export async function readPixels(page: Page, mask: string): Promise<SeenPixels> {
  const screen = (await page.screenshot({ scale: "device" })).toString("base64");
  const palette = VOC_PALETTE.map((colour) => [...colour]);
  return seenSchema.parse(await page.evaluate(compare, { screen, mask, palette }));
}
