import { expect, it } from "vitest";
import { z } from "zod";
import { describeGolden, expectGolden } from "../../test/golden.ts";
import { cropPlanes } from "../score-maps/crop.ts";
import { argmaxLabels, type LabelScores } from "../score-maps/label-scores.ts";
import { resizeLabelScores } from "../score-maps/resize.ts";
import { affinityPlanes } from "./affinity-planes.ts";
import { randomWalk, type RandomWalkOptions } from "./random-walk.ts";
import { transition } from "./transition.ts";
import { poolToGrid } from "./walk-grid.ts";

for (const name of ["randwalk_psa_small", "randwalk_psa_voc"]) {
  describeGolden(name, (golden) => {
    const [, , height = 0, width = 0] = golden.shape("feature");
    const affinity = affinityPlanes(golden.f32("feature"), {
      height,
      width,
      radiusInFeatures: golden.number("radius"),
      borders: "psa-compat",
    });
    const step = transition(affinity, { power: golden.number("beta") });
    const classes = Int32Array.from({ length: 20 }, (_, classIndex) => classIndex);
    const walked = (method: RandomWalkOptions["method"]): LabelScores => {
      const options = { steps: 2 ** golden.number("logt"), method };
      return { height, width, classes, data: randomWalk(golden.f32("cam_lowres"), step, options) };
    };
    const enlarge = (scores: LabelScores): LabelScores => {
      const [paddedHeight = 0, paddedWidth = 0] = z.array(z.number()).parse(golden.params.padded);
      const padded = { height: paddedHeight, width: paddedWidth, grid: "half-pixel" } as const;
      return resizeLabelScores(scores, padded);
    };
    const predicted = (scores: LabelScores): Uint8Array => {
      const full = enlarge(scores);
      const size = { height: golden.number("height"), width: golden.number("width") };
      return argmaxLabels({ ...full, ...size, data: cropPlanes(full.data, full, size) }).data;
    };

    it("walks to the same scores and labels, step by step and by Chebyshev", () => {
      for (const method of ["steps", "chebyshev"] as const) {
        const scores = walked(method);
        expectGolden(golden, "rw", scores.data);
        expectGolden(golden, "pred", predicted(scores));
      }
    });

    if (golden.has("aff_pow"))
      it("has the same powered affinity", () => {
        const pixels = height * width;
        const dense = new Float32Array(pixels * pixels);
        for (let p = 0; p < pixels; p += 1) dense[p * pixels + p] = 1;
        step.offsets.forEach(({ dy, dx }, plane) => {
          for (let p = 0; p < pixels; p += 1) {
            const weight = step.weights[plane * pixels + p]!;
            const q = p + dy * width + dx;
            if (weight > 0) dense[p * pixels + q] = dense[q * pixels + p] = weight;
          }
        });
        expectGolden(golden, "aff_pow", dense);
      });

    if (golden.has("rw_up"))
      it("enlarges the walk in the same way", () => {
        expectGolden(golden, "rw_up", enlarge(walked("steps")).data);
      });

    if (golden.has("cam"))
      it("pools the scores to the same grid", () => {
        const cam = golden.f32("cam");
        const size = { height: golden.number("height"), width: golden.number("width") };
        const pixels = size.height * size.width;
        const present = z.array(z.number()).parse(golden.params.classes);
        const stacked = new Float32Array(cam.length + pixels);
        stacked.set(cam, pixels);
        for (let p = 0; p < pixels; p += 1) {
          stacked[p] = (1 - Math.max(cam[p]!, cam[pixels + p]!)) ** golden.number("alpha");
        }
        const scores = { ...size, classes: Int32Array.from(present), data: stacked };
        const pooled = poolToGrid(scores, { stride: golden.number("stride") });
        const all = new Float32Array(21 * height * width);
        [0, ...present.map((classIndex) => classIndex + 1)].forEach((label, plane) => {
          const start = plane * height * width;
          all.set(pooled.data.subarray(start, start + height * width), label * height * width);
        });
        expectGolden(golden, "cam_lowres", all);
        expect(pooled).toMatchObject({ height, width });
      });
  });
}
