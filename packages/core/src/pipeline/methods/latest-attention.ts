import { ArtifactError, type Rgb, type ScoreMaps } from "../../contract/index.ts";
import type { TrainingBatch } from "../../data/batches.ts";
import type { AccumulationImage } from "../../oaa/accumulation.ts";
import { attentionFromClassMap } from "../../oaa/accumulate.ts";
import { resizePlanes } from "../../score-maps/resize.ts";
import type { Random } from "../../tensor/random.ts";
import type { StateDict } from "../../tensor/state-dict.ts";

const VALUES = "accumulation.latest";
const SEEN = "accumulation.latest-seen";

/** The last attention map of every image and labelled class, for OAA-drop. */
export interface LatestAttention {
  /** raw class maps [C', h, w] */
  remember(image: AccumulationImage, maps: ScoreMaps): void;
  /** [C', h, w] 0…1, null before the first forward pass. */
  of(image: AccumulationImage): Float32Array | null;
  encode(): StateDict;
  /** @throws {ArtifactError} when the arrays are not those of these images */
  restore(saved: StateDict): void;
}

export function createLatestAttention(images: readonly AccumulationImage[]): LatestAttention {
  const places = new Map<string, { at: number; start: number; length: number }>();
  let size = 0;
  for (const [at, { key, height, width, classes }] of images.entries()) {
    const length = height * width * classes.length;
    places.set(key, { at, start: size, length });
    size += length;
  }
  const values = new Float32Array(size);
  const seen = new Uint8Array(images.length);
  const placeOf = ({ key }: AccumulationImage) => places.get(key)!;
  return {
    remember(image, maps) {
      const { at, start } = placeOf(image);
      const area = image.height * image.width;
      for (let from = 0; from < maps.data.length; from += area) {
        values.set(attentionFromClassMap(maps.data.subarray(from, from + area)), start + from);
      }
      seen[at] = 1;
    },
    of(image) {
      const { at, start, length } = placeOf(image);
      return seen[at] === 1 ? values.subarray(start, start + length) : null;
    },
    encode: () =>
      new Map([
        // Copies: a checkpoint is written while training goes on.
        [VALUES, { dtype: "F32" as const, shape: [size], data: values.slice() }],
        [SEEN, { dtype: "U8" as const, shape: [seen.length], data: seen.slice() }],
      ]),
    restore(saved) {
      const [found, flags] = [saved.get(VALUES), saved.get(SEEN)];
      if (found?.data.length !== size || flags?.data.length !== seen.length) {
        throw new ArtifactError(
          `oaa: expected ${size} values of the latest attention, got ${found?.data.length ?? "none"}. It belongs to another run; start the stage anew.`,
        );
      }
      values.set(found.data);
      seen.set(flags.data);
    },
  };
}

export interface AttentionDrop {
  /** Share of views in which something is dropped. */
  readonly probability: number;
  /** Attention above it is dropped. */
  readonly threshold: number;
}

/**
 * OAA-drop: hides from some views what the network attended to before, so that it looks elsewhere.
 *
 * images    [N, S, S, 3]  written: pixels of high attention take the padding colour
 *
 * @see Jiang et al. 2022 (OAA-drop); OAA-PyTorch models/vgg.py; algorithms.md 4.3
 */
export function dropAttention(
  { entries, images, views }: TrainingBatch,
  {
    attentionOf,
    randomOf,
    padding,
    drop,
  }: {
    readonly attentionOf: (
      key: string,
    ) => { readonly image: AccumulationImage; readonly maps: Float32Array } | null;
    readonly randomOf: (key: string) => Random;
    readonly padding: Rgb;
    readonly drop: AttentionDrop;
  },
): void {
  for (const [at, { key }] of entries.entries()) {
    if (randomOf(key).uniform() >= drop.probability) continue;
    const latest = attentionOf(key);
    if (latest === null) continue;
    const { side, resized, mirrored } = views[at]!;
    const { height, width, classes } = latest.image;
    const planes = classes.length;
    const large = resizePlanes(
      latest.maps,
      { height, width, planes },
      { ...resized, grid: "half-pixel" },
    );
    const area = resized.height * resized.width;
    for (let pixel = 0; pixel < large.length; pixel += 1) {
      if (large[pixel]! <= drop.threshold) continue;
      const [y, x] = [Math.floor((pixel % area) / resized.width), pixel % resized.width];
      const column = mirrored ? side - 1 - x : x;
      images.set(padding, ((at * side + y) * side + column) * 3);
    }
  }
}
