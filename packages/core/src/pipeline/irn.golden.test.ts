import { expect, it } from "vitest";
import { z } from "zod";
import { describeGolden, expectGolden } from "../../test/golden.ts";
import { pixelOffsets } from "../affinity/pixel-pairs.ts";
import { randomWalk } from "../affinity/random-walk.ts";
import { transition } from "../affinity/transition.ts";
import { normaliseGlobally } from "../cam/normalise.ts";
import { seedFromScores } from "../cam/seed.ts";
import { CRF_PRESETS } from "../crf/presets.ts";
import { refineLabels, withDenseCrf } from "../crf/refine.ts";
import { confidentSeed } from "../irn/confident-seed.ts";
import { pathAffinity, pathPixels, withoutBoundary } from "../irn/path-affinity.ts";
import { cropPlanes } from "../score-maps/crop.ts";
import { resizeScores } from "../score-maps/resize.ts";

for (const name of ["randwalk_irn_small", "randwalk_irn_voc"]) {
  describeGolden(name, (golden) => {
    const [count = 0, height = 0, width = 0] = golden.shape("cam");
    const radius = golden.number("radius");
    const offsets = pixelOffsets(radius);
    const boundary = golden.f32("edge");
    const planes = pathAffinity(boundary, { height, width, offsets });

    if (golden.has("sparse_aff")) {
      it("has the same affinities along the same paths", () => {
        // The release groups offsets by path length.
        const order = offsets
          .map((_, plane) => plane)
          .toSorted((a, b) => pathPixels(offsets[a]!).length - pathPixels(offsets[b]!).length);
        const searched = order.flatMap((plane) => [offsets[plane]!.dy, offsets[plane]!.dx]);
        expectGolden(golden, "search_dst", searched);
        // Its start pixels lie on the padded grid: one row below, one column left and right of ours.
        const value = (plane: number, y: number, x: number): number => {
          const { dy, dx } = offsets[plane]!;
          const inside = y + dy < height && x >= 0 && x < width && x + dx >= 0 && x + dx < width;
          return inside ? planes[(plane * height + y) * width + x]! : 0;
        };
        const rows = Array.from({ length: height + 1 }, (_, y) => y);
        const columns = Array.from({ length: width + 2 }, (_, x) => x - 1);
        const ours = order.flatMap((plane) =>
          rows.flatMap((y) => columns.map((x) => value(plane, y, x))),
        );
        expectGolden(golden, "sparse_aff", ours);
      });
    }

    it("walks to the same scores and labels, step by step and by Chebyshev", () => {
      const step = transition(
        { height, width, offsets, data: planes },
        { power: golden.number("beta") },
      );
      const start = withoutBoundary(golden.f32("cam"), boundary);
      const [fullHeight = 0, fullWidth = 0] = z.array(z.number()).parse(golden.params.crop);
      const image = { height: fullHeight, width: fullWidth };
      const classes = Int32Array.from({ length: count }, (_, classIndex) => classIndex);
      const fraction = golden.number("sem_seg_bg_thres");
      for (const method of ["steps", "chebyshev"] as const) {
        const steps = 2 ** golden.number("exp_times");
        const data = randomWalk(start, step, { steps, method });
        expectGolden(golden, "rw", data);
        const padded = { height: 4 * height, width: 4 * width, grid: "half-pixel" } as const;
        const enlarged = resizeScores({ height, width, classes, data }, padded);
        const cropped = { ...image, classes, data: cropPlanes(enlarged.data, padded, image) };
        const seed = seedFromScores(cropped, { rule: "relative", fraction });
        expectGolden(golden, "pred", seed.data);
        const normalised = normaliseGlobally(cropped);
        const same = seedFromScores(normalised, { rule: "constant", threshold: fraction });
        expect(same.data.filter((label, p) => label !== seed.data[p])).toHaveLength(0);
      }
    });
  });
}

describeGolden("irn_conf_label", (golden) => {
  it("is confident on the same pixels", () => {
    const [height = 0, width = 0] = golden.shape("image");
    const image = { height, width, data: golden.u8("image") };
    const classes = golden
      .i32("keys")
      .subarray(1)
      .map((key) => key - 1);
    const cam = { height, width, classes, data: golden.f32("cam") };
    const { config } = CRF_PRESETS["irn-labels"];
    const { gt_prob: certainty } = z.object({ gt_prob: z.number() }).parse(golden.params.crf);
    const [strict, lenient] = withDenseCrf(image, config, (crf) =>
      [golden.number("fg_thres"), golden.number("bg_thres")].map((threshold) =>
        refineLabels(crf, seedFromScores(cam, { rule: "constant", threshold }), {
          classes,
          certainty,
        }),
      ),
    );
    expectGolden(golden, "fg_conf", strict!.data);
    expectGolden(golden, "bg_conf", lenient!.data);
    expectGolden(golden, "conf", confidentSeed(strict!, lenient!).data);
  });
});
