import { describe, expect, it } from "vitest";
import type { RgbImage, ScoreMaps } from "../contract/index.ts";
import { decodeLabels } from "../data/label-file.ts";
import {
  confidentLabels,
  type IrnWalkInput,
  irnWalkSeed,
  walkWithinBoundaries,
} from "./irn-jobs.ts";

const SIZE = 31;
const GRID = 8;

/** Left half dark, right half bright. */
const image: RgbImage = {
  height: SIZE,
  width: SIZE,
  data: Uint8Array.from({ length: SIZE * SIZE * 3 }, (_, at) =>
    Math.floor(at / 3) % SIZE < 16 ? 30 : 220,
  ),
};
/** Class 4 is seen in a spot of the right half. */
const spot: ScoreMaps = {
  height: GRID,
  width: GRID,
  classes: Int32Array.of(4),
  data: Float32Array.from({ length: GRID * GRID }, (_, at) => {
    const [y, x] = [Math.floor(at / GRID), at % GRID];
    return x > 5 && y > 2 && y < 5 ? 1 : 0;
  }),
};
const none: ScoreMaps = {
  height: GRID,
  width: GRID,
  classes: new Int32Array(0),
  data: new Float32Array(0),
};
/** A wall between the halves. */
const wall = Float32Array.from({ length: GRID * GRID }, (_, at) => Number(at % GRID === 3));
const CRF = {
  iterations: 5,
  gaussianSxy: 1,
  gaussianWeight: 3,
  bilateralSxy: 20,
  bilateralSrgb: 13,
  bilateralWeight: 10,
};

const walkInput = (scores: ScoreMaps): IrnWalkInput => ({
  image,
  scores,
  boundary: wall,
  radius: 5,
  beta: 10,
  walk: { steps: 256, method: "chebyshev" },
  threshold: 0.25,
  crf: null,
  minimumProbability: null,
});

describe("confidentLabels", () => {
  const labels = (scores: ScoreMaps) =>
    confidentLabels({
      image,
      scores,
      strictThreshold: 0.3,
      lenientThreshold: 0.05,
      certainty: 0.7,
      crf: CRF,
    });

  it("is background everywhere without labels", () => {
    expect(new Set(labels(none).confident.data)).toEqual(new Set([0]));
  });

  it("holds the image's own labels, background and ignore only", () => {
    const { confident, strict, lenient } = labels(spot);
    expect(confident).toMatchObject({ height: SIZE, width: SIZE });
    for (const label of confident.data) expect([0, 5, 255]).toContain(label);
    strict.data.forEach((label, p) => {
      if (label > 0) expect(confident.data[p]).toBe(label);
      else expect(confident.data[p]).toBe(lenient.data[p] === 0 ? 0 : 255);
    });
  });
});

describe("walkWithinBoundaries", () => {
  it("never crosses a wall, and reaches its own side at the image's size", () => {
    const { walked, scores } = walkWithinBoundaries({
      ...walkInput(spot),
      size: { height: SIZE, width: SIZE },
    });
    walked.forEach((value, at) => {
      if (at % GRID <= 3) expect(value).toBe(0);
      else expect(value).toBeGreaterThan(0);
    });
    expect(scores).toMatchObject({ height: SIZE, width: SIZE });
    expect(scores.data).toHaveLength(SIZE * SIZE);
  });
});

describe("irnWalkSeed", () => {
  const maskOf = async (input: IrnWalkInput) =>
    decodeLabels((await irnWalkSeed(input)).mask, "test");

  it("fills the half that the seed lies in", async () => {
    const { data } = await maskOf(walkInput(spot));
    expect(data[15 * SIZE + 28]).toBe(5);
    expect(data[15 * SIZE + 4]).toBe(0);
  });

  it("is background without labels, with a CRF too", async () => {
    for (const crf of [null, CRF]) {
      expect(new Set((await maskOf({ ...walkInput(none), crf })).data)).toEqual(new Set([0]));
    }
  });

  it("ignores what is unsure where it is asked to", async () => {
    const { data } = await maskOf({ ...walkInput(spot), minimumProbability: 0.99 });
    expect(new Set(data)).toContain(255);
  });
});
