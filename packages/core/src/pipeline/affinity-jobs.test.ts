import { describe, expect, it } from "vitest";
import type { RgbImage, ScoreMaps } from "../contract/index.ts";
import { decodeLabels } from "../data/label-file.ts";
import { decodeSafetensors } from "../tensor/safetensors.ts";
import { affinityLabel, walkScores, walkSeed, type WalkInput } from "./affinity-jobs.ts";

const SIZE = 30;
const GRID = 4;

/** Left half dark, right half bright; the seed sees a spot in the right half. */
const image: RgbImage = {
  height: SIZE,
  width: SIZE,
  data: Uint8Array.from({ length: SIZE * SIZE * 3 }, (_, at) =>
    Math.floor(at / 3) % SIZE < SIZE / 2 ? 30 : 220,
  ),
};
const spot: ScoreMaps = {
  height: SIZE,
  width: SIZE,
  classes: Int32Array.of(4),
  data: Float32Array.from({ length: SIZE * SIZE }, (_, at) => {
    const [y, x] = [Math.floor(at / SIZE), at % SIZE];
    return x > 20 && y > 10 && y < 20 ? 1 : 0;
  }),
};
const none: ScoreMaps = {
  height: SIZE,
  width: SIZE,
  classes: new Int32Array(0),
  data: new Float32Array(0),
};
const CRF = {
  iterations: 5,
  gaussianSxy: 1,
  gaussianWeight: 3,
  bilateralSxy: 30,
  bilateralSrgb: 13,
  bilateralWeight: 10,
};

const walkInput = (scores: ScoreMaps): WalkInput => ({
  image,
  scores,
  // One channel that says which half a pixel is in.
  features: {
    height: GRID,
    width: GRID,
    data: Float32Array.from({ length: GRID * GRID }, (_, at) => (at % GRID < 2 ? 0 : 9)),
  },
  stride: 8,
  radius: 5,
  borders: "full",
  alpha: 2,
  beta: 8,
  walk: { steps: 64, method: "chebyshev" },
  crf: null,
  minimumProbability: null,
  keepPlanes: false,
});

describe("affinityLabel", () => {
  it("labels the feature grid, with the class where both CRFs see it", async () => {
    const { mask } = await affinityLabel({
      image,
      scores: spot,
      alphaLow: 4,
      alphaHigh: 24,
      crf: CRF,
      stride: 8,
    });
    const labels = await decodeLabels(mask, "test");
    expect([labels.height, labels.width]).toEqual([GRID, GRID]);
    expect(labels.data[0]).toBe(0);
    expect([...labels.data].every((label) => [0, 5, 255].includes(label))).toBe(true);
    expect([...labels.data]).toContain(5);
  });

  it("takes an image without labels for background", async () => {
    const { mask } = await affinityLabel({
      image,
      scores: none,
      alphaLow: 4,
      alphaHigh: 24,
      crf: CRF,
      stride: 8,
    });
    const { data } = await decodeLabels(mask, "test");
    expect(new Set(data)).toEqual(new Set([0]));
  });
});

describe("walkSeed", () => {
  it("spreads a score over its own half and not over the other", () => {
    const { data, classes } = walkScores(walkInput(spot));
    const score = (y: number, x: number): number => data[SIZE * SIZE + y * SIZE + x]!;
    expect([...classes]).toEqual([4]);
    expect(score(2, 28)).toBeGreaterThan(0.1);
    expect(score(15, 2)).toBeLessThan(1e-3);
  });

  it("gives masks of the image's size; without labels all background", async () => {
    const { data, height } = await decodeLabels((await walkSeed(walkInput(none))).mask, "test");
    expect(height).toBe(SIZE);
    expect(new Set(data)).toEqual(new Set([0]));
  });

  it("keeps affinities and the scores before the walk where they are wanted", async () => {
    expect((await walkSeed(walkInput(spot))).planes).toBeNull();
    const { planes } = await walkSeed({ ...walkInput(spot), keepPlanes: true });
    const { tensors } = decodeSafetensors(planes!);
    expect(tensors.get("affinity")!.shape).toEqual([34, GRID, GRID]);
    expect(tensors.get("scores")!.shape).toEqual([2, GRID, GRID]);
    // The first offset is one to the right: equal halves, and a rift between them.
    expect([...tensors.get("affinity")!.data.subarray(0, GRID)]).toEqual([255, 0, 255, 0]);
  });

  it("ignores what is not probable enough", async () => {
    const sure = { ...walkInput(spot), minimumProbability: 1.1 };
    const { data } = await decodeLabels((await walkSeed(sure)).mask, "test");
    expect(new Set(data)).toEqual(new Set([255]));
  });
});
