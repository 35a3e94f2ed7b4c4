import { describe, expect, it } from "vitest";
import { RECIPES, STAGES } from "../contract/index.ts";
import { stageWork } from "./stage-work.ts";

const config = RECIPES[0]!.config;
const size = { train: 100, all: 130, pixels: 20_000 };

describe("stageWork", () => {
  it("is nothing where there is no image", () => {
    for (const stage of STAGES) {
      expect(stageWork(stage, config, { train: 0, all: 0, pixels: 0 }).amount).toBe(0);
    }
  });
  it("counts a view by its area, and the mirrored one again", () => {
    const seeds = { ...config.seeds, scales: [1, 0.5], flip: true };
    expect(stageWork("make-seeds", { ...config, seeds }, size).amount).toBe(130 * 1.25 * 2);
  });
  it("grows with the epochs of a training and stays alike", () => {
    const longer = structuredClone(config);
    longer.segmenter.epochs *= 3;
    const [before, after] = [config, longer].map((each) =>
      stageWork("train-segmenter", each, size),
    );
    expect(after!.amount).toBe(3 * before!.amount);
    expect(after!.like).toBe(before!.like);
  });
  it("tells AffinityNet and IRNet apart, and both from masks without a walk", () => {
    const kinds = new Map(RECIPES.map((each) => [each.config.refinement.kind, each.config]));
    const likes = [...kinds.values()].map(
      (each) => stageWork("make-pseudo-masks", each, size).like,
    );
    expect(kinds.has("affinity") && kinds.has("irn")).toBe(true);
    expect(new Set(likes).size).toBeGreaterThanOrEqual(3);
    for (const kind of ["affinity", "irn"] as const) {
      expect(stageWork("train-affinity", kinds.get(kind)!, size).amount).toBeGreaterThan(0);
    }
  });
  it("is another kind of work on another backbone or crop, not with another seed", () => {
    const like = (change: object): string =>
      stageWork("train-segmenter", { ...config, ...change }, size).like;
    expect(like({ seed: 99 })).toBe(like({}));
    expect(like({ backbone: { ...config.backbone, outputStride: 16 } })).not.toBe(
      like({ backbone: { ...config.backbone, outputStride: 8 } }),
    );
    expect(like({ segmenter: { ...config.segmenter, cropSize: 512 } })).not.toBe(like({}));
  });
});
