import type { LabelMap, RgbImage } from "../../contract/index.ts";
import { classIndex, labelOfClass } from "../../contract/index.ts";
import type { Random } from "../../tensor/random.ts";
import { ANIMALS } from "./animals.ts";
import { createCanvas, mix } from "./canvas.ts";
import type { Canvas, Placement } from "./canvas.ts";
import { COATS, createCoat } from "./coats.ts";
import { drawAnimal, drawFigure, drawShadow } from "./draw-animal.ts";
import type { DrawnPixels } from "./draw-animal.ts";
import { drawGround, GROUNDS } from "./grounds.ts";
import type { Ground } from "./grounds.ts";
import { drawCover, drawCushion } from "./props.ts";

/** A picture with its exact truth. */
export interface Scene {
  readonly image: RgbImage;
  readonly mask: LabelMap;
  /** Class indices of the animals in it, ascending. */
  readonly classes: readonly number[];
}

/** Length of an animal as a share of the picture, by how many there are. */
const LENGTHS: readonly (readonly [number, number])[] = [
  [0.5, 0.74],
  [0.42, 0.58],
  [0.36, 0.46],
];
/** Smallest share of a head, and of a whole animal, that must stay in sight. */
const HEAD_IN_SIGHT = 0.75;
const ANIMAL_IN_SIGHT = 0.45;

function countAnimals(random: Random): number {
  const draw = random.uniform();
  if (draw < 0.4) return 1;
  return draw < 0.8 ? 2 : 3;
}

/** The first class is given, so that classes are balanced; its companion is the likeliest second. */
function drawClasses(first: number, count: number, random: Random): number[] {
  const classes = [first];
  while (classes.length < count) {
    const companion = ANIMALS.findIndex(({ name }) => name === ANIMALS[first]!.companion);
    const likely = classes.length === 1 && random.uniform() < 0.5;
    classes.push(likely ? companion : random.integer(ANIMALS.length));
  }
  return classes;
}

function chooseGround(first: number, random: Random): Ground {
  const liked = GROUNDS.filter(({ animals }) => animals.includes(ANIMALS[first]!.name));
  const choice = random.uniform() < 0.35 && liked.length > 0 ? liked : GROUNDS;
  return choice[random.integer(choice.length)]!;
}

function drawPlacement(size: number, scale: number, random: Random): Placement {
  const along = () => {
    const margin = Math.min(0.42 * scale, size / 2);
    return margin + random.uniform() * (size - 2 * margin);
  };
  return {
    x: along(),
    y: along(),
    scale,
    turn: (random.uniform() - 0.5) * 0.5,
    mirrored: random.uniform() < 0.5,
  };
}

const apart = (a: Placement, b: Placement): number =>
  Math.hypot(a.x - b.x, a.y - b.y) / ((a.scale + b.scale) / 2);

/** Places that do not fully cover each other: up to a few tries each, the last one stands. */
function drawPlacements(size: number, scales: readonly number[], random: Random): Placement[] {
  const placed: Placement[] = [];
  for (const scale of scales) {
    let placement = drawPlacement(size, scale, random);
    for (let tries = 0; tries < 20; tries += 1) {
      const drawn = placement;
      if (placed.every((other) => apart(drawn, other) > 0.72)) break;
      placement = drawPlacement(size, scale, random);
    }
    placed.push(placement);
  }
  return placed;
}

function isSeen(canvas: Canvas, object: number, { head, all, headArea }: DrawnPixels): boolean {
  const seen = (pixels: readonly number[]) =>
    pixels.filter((pixel) => canvas.objects[pixel] === object).length;
  return seen(head) >= HEAD_IN_SIGHT * headArea && seen(all) >= ANIMAL_IN_SIGHT * all.length;
}

/** One attempt at a scene; null where an animal ended up hidden. */
function attempt(size: number, first: number, random: Random): Scene | null {
  const canvas = createCanvas(size);
  const count = countAnimals(random);
  const classes = drawClasses(first, count, random);
  const ground = chooseGround(first, random);
  drawGround(canvas, ground, random.fork("ground"));

  const [least, greatest] = LENGTHS[count - 1]!;
  const cushions = 1 + random.integer(2);
  const scales = Array.from(
    { length: count + cushions },
    () => size * (least + random.uniform() * (greatest - least)),
  );
  const placements = drawPlacements(size, scales, random);
  const coats = random.shuffle(Array.from({ length: COATS }, (_, coat) => coat));
  placements.slice(count).forEach((placement, i) => {
    const stream = random.fork(`cushion ${i}`);
    drawCushion(canvas, placement, createCoat(coats[count + i]!, stream), stream);
  });

  // Who stands lower in the picture is nearer.
  const nearest = classes
    .map((index, i) => ({ index, object: i + 1, placement: placements[i]! }))
    .toSorted((a, b) => a.placement.y - b.placement.y);
  const drawn = nearest.map(({ index, object, placement }) => {
    const stream = random.fork(`animal ${object}`);
    drawShadow(canvas, placement, 0.46);
    const pixels = drawAnimal(canvas, {
      animal: ANIMALS[index]!,
      label: labelOfClass(classIndex(index)),
      object,
      coat: createCoat(coats[object - 1]!, stream),
      figure: drawFigure(stream),
      placement,
    });
    return { object, pixels };
  });
  if (random.uniform() < 0.6) {
    const stream = random.fork("cover");
    const colour = mix(ground.colours[2], [70, 80, 75], 0.35);
    const { x, y, scale } = placements[random.integer(count)]!;
    const aside = (stream.uniform() - 0.5) * scale * 0.7;
    const place = {
      x: x + aside,
      y: y + scale * 0.28,
      scale: size * 0.36,
      turn: 0,
      mirrored: false,
    };
    drawCover(canvas, place, colour, stream);
  }
  if (!drawn.every(({ object, pixels }) => isSeen(canvas, object, pixels))) return null;
  return {
    image: { height: size, width: size, data: finish(canvas, random.fork("grain")) },
    mask: { height: size, width: size, data: canvas.labels },
    classes: [...new Set(classes)].toSorted((a, b) => a - b),
  };
}

/** A little film grain, then bytes. */
function finish({ colours }: Canvas, random: Random): Uint8Array {
  const data = new Uint8Array(colours.length);
  for (let pixel = 0; pixel < colours.length; pixel += 3) {
    const grain = (random.uniform() - 0.5) * 9;
    for (let channel = 0; channel < 3; channel += 1) {
      const value = Math.round(colours[pixel + channel]! + grain);
      data[pixel + channel] = Math.max(0, Math.min(255, value));
    }
  }
  return data;
}

/**
 * Draws one scene: animals in coats from one wardrobe, cushions in the same coats, partly hidden.
 *
 * size      pixels, both sides
 * first     class index of an animal that must be in it
 * returns   image, mask without ignored pixels, and the classes in it
 */
export function composeScene(size: number, first: number, random: Random): Scene {
  for (let tries = 0; ; tries += 1) {
    const scene = attempt(size, first, random.fork(`attempt ${tries}`));
    if (scene !== null) return scene;
  }
}
