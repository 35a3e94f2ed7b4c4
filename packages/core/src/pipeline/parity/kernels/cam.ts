import { backgroundScores } from "../../../cam/background.ts";
import { type CamView, camFromViews } from "../../../cam/multi-scale.ts";
import { normaliseByRange } from "../../../cam/normalise.ts";
import { seedFromScores } from "../../../cam/seed.ts";
import { conv2d } from "../../../tensor/conv.ts";
import type { ScoreMaps } from "../../../contract/image.ts";
import { selectClasses } from "../../../score-maps/select-classes.ts";
import type { GoldenFile } from "../golden-file.ts";
import { hwio, nchwValues, nhwc } from "../tensors.ts";
import type { Kernel } from "./kernel.ts";

const presentClasses = (golden: GoldenFile): number[] =>
  [...golden.f32("label")].flatMap((label, classIndex) => (label > 0 ? [classIndex] : []));

/** Class maps of every view of a tensor of features [views, K, h, w]. */
async function classMaps(golden: GoldenFile, tensor: string): Promise<ScoreMaps[]> {
  const [views, , height, width] = golden.extents(tensor, 4);
  const dense = await nchwValues(conv2d(nhwc(golden, tensor), hwio(golden, "classifier_weight")));
  const length = dense.length / views;
  return Array.from({ length: views }, (_, view) =>
    selectClasses(dense.subarray(view * length, (view + 1) * length), {
      height,
      width,
      classes: presentClasses(golden),
    }),
  );
}

const sizeOf = (golden: GoldenFile) => ({
  height: golden.number("height"),
  width: golden.number("width"),
});

export const camPsaMultiscale: Kernel = async (golden) => {
  const views: CamView[] = [];
  for (const scale of golden.numbers("scales").keys()) {
    const [original] = await classMaps(golden, `feat_${scale}_orig`);
    const [flipped] = await classMaps(golden, `feat_${scale}_flip`);
    views.push({ maps: original!, mirrored: false }, { maps: flipped!, mirrored: true });
  }
  const cam = camFromViews(views, { ...sizeOf(golden), rule: "psa", resolution: "full" });
  const outputs: Record<string, ArrayLike<number>> = { keys: cam.classes, norm_cam: cam.data };
  for (const name of golden.rules.keys()) {
    const [, alpha] = /^bg_score_alpha([\d.]+)$/u.exec(name) ?? [];
    const [, threshold] = /^cam_pred_bg([\d.]+)$/u.exec(name) ?? [];
    if (alpha !== undefined) {
      outputs[name] = backgroundScores(cam, { rule: "power", alpha: Number(alpha) });
    }
    if (threshold !== undefined) {
      const background = { rule: "constant", threshold: Number(threshold) } as const;
      outputs[name] = seedFromScores(cam, background).data;
    }
  }
  return outputs;
};

export const camIrnMultiscale: Kernel = async (golden) => {
  const views: CamView[] = [];
  for (const scale of golden.numbers("scales").keys()) {
    const [original, flipped] = await classMaps(golden, `feat_${scale}`);
    views.push({ maps: original!, mirrored: false }, { maps: flipped!, mirrored: true });
  }
  const options = { ...sizeOf(golden), rule: "irn" } as const;
  const strided = camFromViews(views, { ...options, resolution: "strided" });
  const full = camFromViews(views, { ...options, resolution: "full" });
  return { keys: strided.classes, strided_cam: strided.data, highres_cam: full.data };
};

export const camSeamNormalise: Kernel = (golden) => {
  const [count, planes, height, width] = golden.extents("cam_list", 4);
  const classes = Int32Array.from(presentClasses(golden));
  const length = planes * height * width;
  const views = Array.from({ length: count }, (_, view): CamView => {
    const data = golden.f32("cam_list").subarray(view * length, (view + 1) * length);
    return { maps: { height, width, classes, data }, mirrored: false };
  });
  const cam = camFromViews(views, { height, width, rule: "seam", resolution: "full" });
  const absent = { height: 1, width: 1, classes: Int32Array.of(0), data: Float32Array.of(0) };
  const background = { rule: "constant", threshold: golden.number("alpha") } as const;
  return {
    keys: cam.classes,
    norm_cam: cam.data,
    absent_value: normaliseByRange(absent).data,
    pred: seedFromScores(cam, background).data,
  };
};
