import { describe, expect, it } from "vitest";
import type { DatasetImage } from "../../contract/index.ts";
import type { TrainingBatch } from "../../data/batches.ts";
import type { TrainingView } from "../../data/augment.ts";
import { createRandom } from "../../tensor/random.ts";
import { dropAttention } from "./latest-attention.ts";
import { type AccumulationArena, createArena, mapsOfView } from "./accumulation-arena.ts";

const entry = (key: string, labels: number[], width = 32): DatasetImage => ({
  id: key,
  key,
  width,
  height: 16,
  split: "train",
  labels,
  image: "",
  mask: null,
});

const view = (mirrored: boolean): TrainingView => ({
  side: 32,
  resized: { height: 16, width: 32 },
  height: 16,
  width: 32,
  fromTop: 0,
  fromLeft: 0,
  toTop: 0,
  toLeft: 0,
  mirrored,
});

const batchOf = (image: DatasetImage, mirrored: boolean): TrainingBatch => ({
  entries: [image],
  images: new Float32Array(0),
  imageLabels: new Float32Array(0),
  labelMaps: null,
  views: [view(mirrored)],
});

/** [1, 4, 4, 2]: class 1 sees column `x` of the view alone. */
function columnMap(x: number): { data: Float32Array; side: number; classes: number } {
  const data = new Float32Array(4 * 4 * 2);
  for (let y = 0; y < 4; y += 1) data[(y * 4 + x) * 2 + 1] = 3;
  return { data, side: 4, classes: 2 };
}

const arenaOf = (...images: DatasetImage[]): AccumulationArena =>
  createArena(images, { rule: "maximum", cropSize: 32, stride: 8 });
const SURE = [-1, 1];

describe("mapsOfView", () => {
  it("cuts the padding away and turns a mirrored view back", () => {
    const image = { key: "a", height: 2, width: 4, classes: [1] };
    const upright = mapsOfView(columnMap(3), 0, view(false), image);
    expect([...upright.data]).toEqual([0, 0, 0, 3, 0, 0, 0, 3]);
    const turned = mapsOfView(columnMap(0), 0, view(true), image);
    expect(turned.data).toEqual(upright.data);
  });
});

describe("createArena", () => {
  it("gathers the same from a view and from its mirror image", () => {
    const image = entry("a", [1]);
    const [plain, mirrored] = [arenaOf(image), arenaOf(image)];
    plain.visit(batchOf(image, false), columnMap(0), SURE, { lastEpoch: false });
    mirrored.visit(batchOf(image, true), columnMap(3), SURE, { lastEpoch: false });
    expect(mirrored.mapsOf(image)).toEqual(plain.mapsOf(image));
    expect(plain.mapsOf(image)).toMatchObject({ height: 2, width: 4 });
  });

  it("keeps nothing of a class that is not among the best, until the last epoch", () => {
    const image = entry("a", [1]);
    const arena = arenaOf(image);
    const unsure = [1, -1];
    arena.visit(batchOf(image, false), columnMap(0), unsure, { lastEpoch: false });
    expect(Math.max(...arena.mapsOf(image).data)).toBe(0);
    arena.visit(batchOf(image, false), columnMap(0), unsure, { lastEpoch: true });
    expect(Math.max(...arena.mapsOf(image).data)).toBeCloseTo(1);
  });

  it("goes on from a checkpoint as if it had never stopped", () => {
    const image = entry("a", [1]);
    const [first, second, whole] = [arenaOf(image), arenaOf(image), arenaOf(image)];
    for (const arena of [first, whole]) {
      arena.visit(batchOf(image, false), columnMap(0), SURE, { lastEpoch: false });
    }
    second.restore(first.encode());
    for (const arena of [second, whole]) {
      arena.visit(batchOf(image, false), columnMap(2), SURE, { lastEpoch: false });
    }
    expect(second.encode()).toEqual(whole.encode());
  });

  it("refuses the accumulation of another run, even one of the same size", () => {
    const other = arenaOf(entry("b", [1]));
    expect(() => arenaOf(entry("a", [1])).restore(other.encode())).toThrow(/another run/u);
    expect(() => arenaOf(entry("a", [1])).restore(new Map())).toThrow(/another run/u);
  });

  it("remembers the last attention and hides it from a view, mirrored as the view is", () => {
    const image = entry("a", [1]);
    const options = { rule: "maximum", cropSize: 32, stride: 8, keepLatest: true } as const;
    const arena = createArena([image], options);
    const drop = { probability: 1, threshold: 0.6 };
    const hide = (mirrored: boolean): Set<number> => {
      const batch = { ...batchOf(image, mirrored), images: new Float32Array(32 * 32 * 3).fill(9) };
      dropAttention(batch, {
        attentionOf: (key) => arena.latestOf(key),
        randomOf: () => createRandom(1),
        padding: [1, 2, 3],
        drop,
      });
      const columns = Array.from({ length: 32 }, (_, x) => x);
      return new Set(columns.filter((x) => batch.images[x * 3] === 1));
    };
    expect(hide(false).size).toBe(0);
    arena.visit(batchOf(image, false), columnMap(0), SURE, { lastEpoch: false });
    const left = hide(false);
    expect([left.has(0), left.has(31)]).toEqual([true, false]);
    const right = hide(true);
    expect([right.has(0), right.has(31)]).toEqual([false, true]);
    const resumed = createArena([image], options);
    resumed.restore(arena.encode());
    expect(resumed.latestOf("a")).toEqual(arena.latestOf("a"));
  });

  it("names an image it does not know", () => {
    expect(() => arenaOf(entry("a", [1])).mapsOf(entry("stranger", [1]))).toThrow(/stranger/u);
  });
});
