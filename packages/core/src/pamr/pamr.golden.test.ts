import { it } from "vitest";
import { z } from "zod";
import { describeGolden, expectGolden } from "../../test/golden.ts";
import { argmaxLabels } from "../score-maps/label-scores.ts";
import { resizeLabelScores } from "../score-maps/resize.ts";
import { pamr } from "./pamr.ts";

for (const name of ["pamr_small", "pamr_voc"]) {
  describeGolden(name, (golden) => {
    it("refines to the same scores", () => {
      const image = {
        height: golden.number("height"),
        width: golden.number("width"),
        data: golden.u8("image"),
      };
      const [, planes = 0, height = 0, width = 0] = golden.shape("mask");
      const classes = Int32Array.from({ length: planes - 1 }, (_, classIndex) => classIndex);
      const mask = { height, width, classes, data: golden.f32("mask") };
      const enlarged = resizeLabelScores(mask, { ...image, grid: "corner-aligned" });
      const refined = pamr(image, enlarged, {
        iterations: golden.number("iterations"),
        dilations: z.array(z.number()).parse(golden.params.dilations),
      });
      if (golden.has("output")) expectGolden(golden, "output", refined.data);
      else {
        const pixels = image.height * image.width;
        const index = [...golden.i32("index")];
        const sample = Array.from({ length: planes }, (_, plane) =>
          index.map((p) => refined.data[plane * pixels + p]!),
        );
        expectGolden(golden, "output_sample", sample.flat());
        expectGolden(golden, "argmax", argmaxLabels(refined).data);
      }
    });
  });
}
