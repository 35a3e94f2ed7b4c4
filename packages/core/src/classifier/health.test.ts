import { describe, expect, it } from "vitest";
import { classifierHealth, SCATTER_BINS } from "./health.ts";

const health = (
  rows: readonly (readonly [logit: number, mass: number, present: 0 | 1])[],
  classes = 1,
) =>
  classifierHealth({
    logits: Float32Array.from(rows, ([logit]) => logit),
    mass: Float32Array.from(rows, ([, mass]) => mass),
    imageLabels: Uint8Array.from(rows, ([, , present]) => present),
    classes,
  });

describe("classifierHealth", () => {
  it("has no figure without images, and none for a class no image has", () => {
    expect(health([], 2).classes[1]).toEqual({
      averagePrecision: null,
      precision: null,
      recall: null,
      f1: null,
      present: { images: 0, probability: null, mass: null },
      absent: { images: 0, probability: null, mass: null },
    });
    expect(health([[-2, 0, 0]]).classes[0]).toMatchObject({ averagePrecision: null, f1: null });
    expect(health([[-2, 0, 0]]).absentMass).toBeNull();
  });

  it("gives the known figures of four images", () => {
    const { classes, absentMass } = health([
      [3, 4, 1],
      [1, 2, 0],
      [-1, 1, 1],
      [-3, 1, 0],
    ]);
    expect(classes[0]).toMatchObject({ precision: 0.5, recall: 0.5, f1: 0.5 });
    expect(classes[0]!.averagePrecision).toBeCloseTo((1 + 2 / 3) / 2, 12);
    expect(classes[0]!.present).toMatchObject({ images: 2, mass: 2.5 });
    expect(absentMass).toBeCloseTo(3 / 8, 12);
  });

  it("keeps classes apart and counts every image and class once in the scatter", () => {
    const { classes, scatter, images } = health(
      [
        [9, 1, 1],
        [-9, 0, 0],
        [9, 2, 1],
        [-9, 0, 0],
      ],
      2,
    );
    expect(images).toBe(2);
    expect(classes.map(({ f1 }) => f1)).toEqual([1, null]);
    const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);
    expect([sum(scatter.present), sum(scatter.absent)]).toEqual([2, 2]);
    expect(scatter.present.at(-1)).toBe(1);
    expect(scatter.absent[0]).toBe(2);
    expect(scatter.present).toHaveLength(SCATTER_BINS ** 2);
  });

  it("does not depend on the order of images", () => {
    const rows = Array.from({ length: 12 }, (_, at) => {
      const present = at % 3 === 0 ? 1 : 0;
      return [Math.sin(at * 7), Math.abs(Math.cos(at * 3)), present] as const;
    });
    const [one, other] = [health(rows), health(rows.toReversed())];
    expect(one.scatter).toEqual(other.scatter);
    expect(one.classes[0]!.averagePrecision).toBe(other.classes[0]!.averagePrecision);
    expect(one.absentMass).toBeCloseTo(other.absentMass!, 12);
  });

  it("refuses arrays that are no whole rows", () => {
    const three = new Float32Array(3);
    const input = { logits: three, mass: three, imageLabels: new Uint8Array(3), classes: 2 };
    expect(() => classifierHealth(input)).toThrow(/whole rows of 2/);
  });
});
