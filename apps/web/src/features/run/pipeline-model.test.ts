import { describe, expect, it } from "vitest";
import { timeSpans } from "./pipeline-model.ts";

describe("timeSpans", () => {
  const at = (seconds: number): Date => new Date(seconds * 1000);
  it("is empty before anything ran", () => {
    const { spans, total } = timeSpans(
      [{ stage: "predict", startedAt: null, finishedAt: null }],
      0,
    );
    expect([spans.size, total]).toEqual([0, 0]);
  });
  it("shares the time between first start and last end; what runs ends now", () => {
    const { spans, total } = timeSpans(
      [
        { stage: "make-seeds", startedAt: at(0), finishedAt: at(5) },
        { stage: "predict", startedAt: at(10), finishedAt: null },
      ],
      20_000,
    );
    expect(total).toBe(20);
    expect(spans.get("make-seeds")).toEqual({ start: 0, length: 0.25 });
    expect(spans.get("predict")).toEqual({ start: 0.5, length: 0.5 });
  });
});
