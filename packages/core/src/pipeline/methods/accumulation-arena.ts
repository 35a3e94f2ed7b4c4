import type { DatasetImage, ScoreMaps } from "../../contract/index.ts";
import { ArtifactError } from "../../contract/index.ts";
import type { TrainingView } from "../../data/augment.ts";
import type { TrainingBatch } from "../../data/batches.ts";
import { sizeOfLongSide } from "../../data/geometry.ts";
import type { AccumulationRule } from "../../oaa/accumulate.ts";
import {
  accumulatedMaps,
  type AccumulationImage,
  createAccumulation,
  visitImage,
} from "../../oaa/accumulation.ts";
import { decodeAccumulation, encodeAccumulation } from "../../oaa/accumulation-file.ts";
import type { StateDict } from "../../tensor/state-dict.ts";
import { sha256 } from "../canonical-json.ts";
import type { TrainingCompanion } from "../train-loop.ts";
import { createLatestAttention } from "./latest-attention.ts";

/** Class maps of a batch as they came from the network: [N, side, side, C]. */
export interface BatchMaps {
  readonly data: ArrayLike<number>;
  readonly side: number;
  readonly classes: number;
}

/** Attention gathered over a training: what the network's forward passes are written into. */
export interface AccumulationArena extends TrainingCompanion {
  visit(
    batch: TrainingBatch,
    maps: BatchMaps,
    logits: ArrayLike<number>,
    options: { readonly lastEpoch: boolean },
  ): void;
  mapsOf(entry: DatasetImage): ScoreMaps;
  /** The last attention of an image, by its key; null before it, or where none is kept. */
  latestOf(key: string): { readonly image: AccumulationImage; readonly maps: Float32Array } | null;
}

const PREFIX = "accumulation.";
const IDENTITY = `${PREFIX}identity`;

/**
 * Raw maps of one image of a batch on the image's own grid: turned back where the view was mirrored,
 * and without the padding. maps [N, side, side, C] → [C', h, w]
 */
export function mapsOfView(
  { data, side, classes }: BatchMaps,
  at: number,
  { mirrored }: Pick<TrainingView, "mirrored">,
  image: AccumulationImage,
): ScoreMaps {
  const { height, width } = image;
  const planes = new Float32Array(image.classes.length * height * width);
  let target = 0;
  for (const index of image.classes) {
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const column = mirrored ? side - 1 - x : x;
        planes[target] = data[((at * side + y) * side + column) * classes + index]!;
        target += 1;
      }
    }
  }
  return { height, width, classes: Int32Array.from(image.classes), data: planes };
}

/** An arena of the images, seen whole in views of `cropSize` by a network of this stride. */
export function createArena(
  entries: readonly DatasetImage[],
  {
    rule,
    cropSize,
    stride,
    keepLatest = false,
  }: {
    readonly rule: AccumulationRule;
    readonly cropSize: number;
    readonly stride: number;
    /** Also keep each last map, for OAA-drop. */
    readonly keepLatest?: boolean;
  },
): AccumulationArena {
  const images = entries.map((entry): AccumulationImage => {
    const { height, width } = sizeOfLongSide(entry, cropSize);
    const { key, labels: classes } = entry;
    return { key, classes, height: Math.ceil(height / stride), width: Math.ceil(width / stride) };
  });
  const byKey = new Map(images.map((image) => [image.key, image]));
  const imageOf = ({ key, id }: DatasetImage): AccumulationImage => {
    const image = byKey.get(key);
    if (image !== undefined) return image;
    throw new ArtifactError(`oaa: expected image ${id} among the training images, found none.`);
  };
  const identity = Uint8Array.from(Buffer.from(sha256(JSON.stringify([rule, images])), "hex"));
  let arena = createAccumulation(images, { rule });
  const latest = keepLatest ? createLatestAttention(images) : null;
  return {
    visit({ entries: seen, views }, maps, logits, { lastEpoch }) {
      for (const [at, entry] of seen.entries()) {
        const image = imageOf(entry);
        const { classes } = maps;
        const own = Array.from({ length: classes }, (_, index) => logits[at * classes + index]!);
        const upright = mapsOfView(maps, at, views[at]!, image);
        latest?.remember(image, upright);
        visitImage(arena, {
          imageKey: entry.key,
          maps: upright,
          logits: own,
          lastEpoch,
        });
      }
    },
    mapsOf: (entry) => accumulatedMaps(arena, imageOf(entry)),
    latestOf(key) {
      const image = byKey.get(key);
      const maps = image === undefined ? null : (latest?.of(image) ?? null);
      return image === undefined || maps === null ? null : { image, maps };
    },
    encode: () =>
      new Map([
        ...[...encodeAccumulation(arena)].map(
          ([name, array]) => [`${PREFIX}${name}`, array] as const,
        ),
        ...(latest?.encode() ?? []),
        [IDENTITY, { dtype: "U8" as const, shape: [identity.length], data: identity }],
      ]),
    restore(saved) {
      const found = saved.get(IDENTITY)?.data;
      if (found?.join() !== identity.join()) {
        throw new ArtifactError(
          "oaa: expected the accumulation of these training images, got another run's. Start the stage anew.",
        );
      }
      const own: StateDict = new Map(
        [...saved]
          .filter(([name]) => name.startsWith(PREFIX))
          .map(([name, array]) => [name.slice(PREFIX.length), array]),
      );
      arena = decodeAccumulation(own, images, { rule });
      latest?.restore(saved);
    },
  };
}
