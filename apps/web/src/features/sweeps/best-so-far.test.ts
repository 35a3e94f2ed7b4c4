import { describe, expect, it } from "vitest";
import { bestSoFar, bestTrial } from "./best-so-far.ts";

const trial = (point: number, meanIou: number | null, second: number) => ({
  point,
  run: { id: `run-${point}`, meanIou, finishedAt: new Date(second * 1000) },
});

describe("bestSoFar", () => {
  it("is empty before a run was scored", () => {
    expect(bestSoFar([{ point: 0, run: null }, trial(1, null, 1)]).steps).toEqual([]);
    expect(bestTrial([{ point: 0, run: null }])).toBeNull();
  });
  it("follows the order in which runs ended and never falls", () => {
    const trials = [trial(0, 0.3, 2), trial(1, 0.5, 3), trial(2, 0.4, 1)];
    expect(bestSoFar(trials)).toEqual({
      steps: [1, 2, 3],
      values: [0.4, 0.3, 0.5],
      best: [0.4, 0.4, 0.5],
    });
    expect(bestTrial(trials)?.point).toBe(1);
  });
});
