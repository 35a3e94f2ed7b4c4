import { STAGES } from "@seedmask/core/contract";
import { describe, expect, it } from "vitest";
import { summaryOf } from "./plan-summary.ts";

const planOf = (reused: readonly number[], seconds: number | null = 60) => {
  const stages = STAGES.map((stage, at) => ({
    stage,
    reuse: reused.includes(at + 1) ? {} : null,
    seconds,
    memoryBytes: 2 ** 30,
    peakMemoryBytes: null,
  }));
  const running = stages.filter(({ reuse }) => reuse === null);
  return {
    stages,
    seconds: running.length * (seconds ?? 0),
    unmeasured: seconds === null ? running.map(({ stage }) => stage) : [],
    workers: 1,
  };
};

describe("summaryOf", () => {
  it("says that nothing was measured, not that it takes no time", () => {
    expect(summaryOf(planOf([], null), 1)).toContain("No measurement");
  });
  it("names the stages that need not run again", () => {
    expect(summaryOf(planOf([1, 2, 3]), 1)).toContain("this will reuse stages 1–3");
    expect(summaryOf(planOf([1]), 1)).toContain("reuse stage 1");
    expect(summaryOf(planOf([1, 2, 4]), 1)).toContain("stages 1–2 and 4");
  });
  it("counts repeats anew: their seeds differ", () => {
    expect(summaryOf(planOf([1, 2, 3, 4, 5, 6, 7]), 2)).toMatch(/^About 9 m 00 s for 2 runs/);
  });
  it("says when nobody is here to do it", () => {
    expect(summaryOf({ ...planOf([]), workers: 0 }, 1)).toContain("no worker is here");
  });
});
