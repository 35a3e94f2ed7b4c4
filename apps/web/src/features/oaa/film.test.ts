import { describe, expect, it } from "vitest";
import { entryEpochs, type Film, frameOf, growthAt, incrementOf, tallyFilm } from "./film.ts";

/** Two epochs of two classes on one row of two pixels. */
const film: Film = {
  epochs: 2,
  width: 2,
  height: 1,
  classes: Int32Array.of(0, 3),
  data: Uint8Array.of(0, 51, 255, 0, 102, 51, 255, 204),
};

describe("frameOf", () => {
  it("finds the plane of an epoch and class, and nothing before the first", () => {
    const frame = frameOf(film, 1, 1).data;
    expect([...frame].map((value) => Math.round(value * 255))).toEqual([255, 204]);
    expect([...frameOf(film, -1, 0).data]).toEqual([0, 0]);
  });
});

describe("incrementOf", () => {
  it("is the whole map in the first epoch and the rise in later ones", () => {
    expect([...incrementOf(film, 0, 0).data].map((value) => Math.round(value * 255))).toEqual([
      0, 51,
    ]);
    expect([...incrementOf(film, 1, 0).data].map((value) => Math.round(value * 255))).toEqual([
      102, 0,
    ]);
  });
});

describe("entryEpochs", () => {
  it("names the first epoch above the threshold, 0 where there is none", () => {
    expect([...entryEpochs(film, 0, 0.1).data]).toEqual([2, 1]);
    expect([...entryEpochs(film, 0, 0.3).data]).toEqual([2, 0]);
    expect([...entryEpochs(film, 1, 1).data]).toEqual([0, 0]);
  });
});

describe("growthAt", () => {
  const size = { width: 2, height: 1 };

  it("counts coverage, precision and recall by epoch", () => {
    // The first pixel is of class 0 (label 1), the second is background.
    const truth = { ...size, data: Uint8Array.of(1, 0) };
    const growth = growthAt(tallyFilm(film, 0, size, truth), 0.1);
    expect(growth).toEqual({ covered: [0.5, 1], precision: [0, 0.5], recall: [0, 1] });
  });

  it("has no precision of nothing and no recall of an absent class", () => {
    const truth = { ...size, data: Uint8Array.of(0, 0) };
    const growth = growthAt(tallyFilm(film, 0, size, truth), 0.9);
    expect(growth).toEqual({ covered: [0, 0], precision: [null, null], recall: [null, null] });
  });

  it("leaves ignored pixels out of precision and keeps them in coverage", () => {
    const truth = { ...size, data: Uint8Array.of(1, 255) };
    const { covered, precision } = growthAt(tallyFilm(film, 0, size, truth), 0);
    expect(covered).toEqual([0.5, 1]);
    expect(precision).toEqual([null, 1]);
  });

  it("knows coverage alone without a true mask", () => {
    const growth = growthAt(tallyFilm(film, 1, size, null), 0.5);
    expect(growth.covered).toEqual([0.5, 1]);
    expect(growth.recall).toEqual([null, null]);
  });
});
