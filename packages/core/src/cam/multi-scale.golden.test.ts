import { expect, it } from "vitest";
import { z } from "zod";
import { describeGolden, expectGolden, type Golden } from "../../test/golden.ts";
import { selectClasses } from "../score-maps/select-classes.ts";
import { backgroundScores } from "./background.ts";
import { type CamView, camFromViews } from "./multi-scale.ts";
import { normaliseByRange } from "./normalise.ts";
import { seedFromScores } from "./seed.ts";

const presentClasses = (golden: Golden): number[] =>
  [...golden.f32("label")].flatMap((label, classIndex) => (label > 0 ? [classIndex] : []));

/** The network's last layer, a 1×1 convolution: features [K, h, w] of one view → present class maps. */
function classMaps(golden: Golden, tensor: string, view: number) {
  const [, channels = 0, height = 0, width = 0] = golden.shape(tensor);
  const pixels = height * width;
  const features = golden.f32(tensor).subarray(view * channels * pixels);
  const weights = golden.f32("classifier_weight");
  const classes = weights.length / channels;
  const dense = new Float32Array(classes * pixels);
  for (let at = 0; at < dense.length; at += 1) {
    const start = Math.floor(at / pixels) * channels;
    let sum = 0;
    for (let k = 0; k < channels; k += 1) {
      sum += weights[start + k]! * features[k * pixels + (at % pixels)]!;
    }
    dense[at] = sum;
  }
  return selectClasses(dense, { height, width, classes: presentClasses(golden) });
}

const sizeOf = (golden: Golden) => ({
  height: golden.number("height"),
  width: golden.number("width"),
});

describeGolden("cam_psa_multiscale", (golden) => {
  const views = [0, 1, 2, 3].flatMap((scale): CamView[] => [
    { maps: classMaps(golden, `feat_${scale}_orig`, 0), mirrored: false },
    { maps: classMaps(golden, `feat_${scale}_flip`, 0), mirrored: true },
  ]);
  const cam = camFromViews(views, { ...sizeOf(golden), rule: "psa", resolution: "full" });

  it("gives the same maps, background scores and label map", () => {
    expectGolden(golden, "keys", cam.classes);
    expectGolden(golden, "norm_cam", cam.data);
    const seed = seedFromScores(cam, { rule: "constant", threshold: 0.2 });
    expectGolden(golden, "cam_pred_bg0.2", seed.data);
    for (const alpha of [4, 32]) {
      const background = backgroundScores(cam, { rule: "power", alpha });
      expectGolden(golden, `bg_score_alpha${alpha}`, background);
    }
  });
});

describeGolden("cam_irn_multiscale", (golden) => {
  const views = [0, 1, 2, 3].flatMap((scale): CamView[] => [
    { maps: classMaps(golden, `feat_${scale}`, 0), mirrored: false },
    { maps: classMaps(golden, `feat_${scale}`, 1), mirrored: true },
  ]);

  it("gives the same strided and full maps", () => {
    const options = { ...sizeOf(golden), rule: "irn" } as const;
    const stridedCam = camFromViews(views, { ...options, resolution: "strided" });
    expect([stridedCam.height, stridedCam.width]).toEqual(
      z.array(z.number()).parse(golden.params.strided_size),
    );
    expectGolden(golden, "keys", stridedCam.classes);
    expectGolden(golden, "strided_cam", stridedCam.data);
    const full = camFromViews(views, { ...options, resolution: "full" });
    expectGolden(golden, "highres_cam", full.data);
  });
});

describeGolden("cam_seam_normalise", (golden) => {
  const [count = 0, planes = 0, height = 0, width = 0] = golden.shape("cam_list");
  const classes = Int32Array.from(presentClasses(golden));
  const length = planes * height * width;
  const views = Array.from({ length: count }, (_, view): CamView => {
    const data = golden.f32("cam_list").subarray(view * length, (view + 1) * length);
    return { maps: { height, width, classes, data }, mirrored: false };
  });
  const cam = camFromViews(views, { height, width, rule: "seam", resolution: "full" });

  it("gives the same maps, absent value and label map", () => {
    expectGolden(golden, "keys", cam.classes);
    expectGolden(golden, "norm_cam", cam.data);
    const absent = { height: 1, width: 1, classes: Int32Array.of(0), data: Float32Array.of(0) };
    expectGolden(golden, "absent_value", normaliseByRange(absent).data);
    const seed = seedFromScores(cam, { rule: "constant", threshold: golden.number("alpha") });
    expectGolden(golden, "pred", seed.data);
  });
});
