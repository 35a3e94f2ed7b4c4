import { describe, expect, it } from "vitest";
import { createRandom, restoreRandom } from "./random.ts";

const draw = (count: number, next: () => number): number[] => Array.from({ length: count }, next);

describe("createRandom", () => {
  it("gives equal streams for equal seeds and others for other seeds", () => {
    expect(draw(5, createRandom(7).uniform)).toEqual(draw(5, createRandom(7).uniform));
    expect(draw(5, createRandom(7).uniform)).not.toEqual(draw(5, createRandom(8).uniform));
  });

  it("goes on from a state that went through JSON", () => {
    const random = createRandom(3);
    draw(10, random.uniform);
    const state = JSON.parse(JSON.stringify(random.state()));
    expect(draw(5, restoreRandom(state).normal)).toEqual(draw(5, random.normal));
  });

  it("has uniform numbers with mean 1/2 and variance 1/12", () => {
    const numbers = draw(20_000, createRandom(1).uniform);
    const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
    const variance = numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / numbers.length;
    expect(mean).toBeCloseTo(0.5, 2);
    expect(variance).toBeCloseTo(1 / 12, 2);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
  });

  it("has normal numbers with mean 0 and deviation 1", () => {
    const numbers = draw(20_000, createRandom(2).normal);
    const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
    const square = numbers.reduce((sum, x) => sum + x * x, 0) / numbers.length;
    expect(mean).toBeCloseTo(0, 1);
    expect(square).toBeCloseTo(1, 1);
  });

  it("shuffles a copy that holds every item once", () => {
    const items = [1, 2, 3, 4, 5, 6, 7, 8];
    const shuffled = createRandom(4).shuffle(items);
    expect(shuffled).not.toEqual(items);
    expect(shuffled.toSorted()).toEqual(items);
  });

  it("forks streams that differ by name and leave the parent where it was", () => {
    const random = createRandom(5);
    const before = random.state();
    expect(random.fork("crop").uniform()).not.toBe(random.fork("flip").uniform());
    expect(random.fork("crop").uniform()).toBe(random.fork("crop").uniform());
    expect(random.state()).toEqual(before);
  });
});
