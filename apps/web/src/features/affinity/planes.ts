import {
  type AffinityPlanes,
  type AffinityPlanesMeta,
  pixelOffsets,
  type Transition,
} from "@seedmask/core/contract";
import type { TensorView } from "@seedmask/ui/maps/safetensors";
import type { FloatMap, GridCell } from "@seedmask/ui/maps/types";
import { floats, integers, tensorOf, unit } from "../probes/tensors.ts";

/** Affinities of one image, and the scores that walked along them. */
export interface Planes {
  readonly affinity: AffinityPlanes;
  /** Class indices of the image, ascending. */
  readonly classes: Int32Array;
  /** [C' + 1, h, w], background first. */
  readonly scores: Float32Array;
}

export function planesOf(
  tensors: ReadonlyMap<string, TensorView>,
  { radius }: Pick<AffinityPlanesMeta, "radius">,
): Planes {
  const planes = tensorOf(tensors, "affinity", "U8");
  const [, height, width] = planes.shape as [number, number, number];
  return {
    affinity: { height, width, offsets: pixelOffsets(radius), data: unit(planes) },
    classes: integers(tensorOf(tensors, "classes", "I32")),
    scores: floats(tensorOf(tensors, "scores", "F32")),
  };
}

/** One tie of a pixel. */
export interface Neighbour extends GridCell {
  readonly dy: number;
  readonly dx: number;
  /** 0…1, before it is sharpened. */
  readonly affinity: number;
  /** affinity ^ beta */
  readonly weight: number;
  /** Share of the pixel's score that one step takes from here, 0…1. */
  readonly share: number;
}

/** All ties of a pixel, both ways of each offset, from the top left. */
export function neighboursOf(
  { data }: AffinityPlanes,
  { height, width, offsets, weights, degree }: Transition,
  { row, column }: GridCell,
): Neighbour[] {
  const found: Neighbour[] = [];
  const area = height * width;
  const own = degree[row * width + column]!;
  for (const [plane, { dy, dx }] of offsets.entries()) {
    for (const way of [-1, 1]) {
      const [y, x] = [row + way * dy, column + way * dx];
      if (y < 0 || x < 0 || y >= height || x >= width) continue;
      // The value lies at the end that comes first.
      const start = way > 0 ? row * width + column : y * width + x;
      const at = plane * area + start;
      const [affinity, weight] = [data[at]!, weights[at]!];
      // Without an edge: beyond the radius' frame under `psa-compat` borders.
      if (affinity === 0) continue;
      const tie = { row: y, column: x, dy: y - row, dx: x - column };
      found.push({ ...tie, affinity, weight, share: weight / own });
    }
  }
  return found.toSorted((a, b) => a.dy - b.dy || a.dx - b.dx);
}

/** The weights of a pixel's ties as a map; its tie with itself is 1. */
export function neighbourMap(
  { height, width }: Transition,
  { row, column }: GridCell,
  neighbours: readonly Neighbour[],
): FloatMap {
  const data = new Float32Array(height * width);
  data[row * width + column] = 1;
  for (const { row: y, column: x, weight } of neighbours) data[y * width + x] = weight;
  return { height, width, data };
}

/** Scores of every label at a pixel after a walk: what lay at its sources, weighted. [C' + 1] */
export function scoresAfter({ scores }: Planes, sources: Float64Array): number[] {
  const area = sources.length;
  return Array.from({ length: scores.length / area }, (_, plane) =>
    sources.reduce((sum, weight, at) => sum + weight * scores[plane * area + at]!, 0),
  );
}
