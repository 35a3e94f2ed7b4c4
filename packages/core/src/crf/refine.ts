import {
  type DenseCrfConfig,
  type LabelMap,
  type RgbImage,
  ShapeError,
} from "../contract/index.ts";
import { argmaxLabels, type LabelScores } from "../score-maps/label-scores.ts";
import { createDenseCrf, type DenseCrf } from "./dense-crf.ts";
import { unaryFromLabels, unaryFromProbabilities } from "./unary.ts";

/**
 * Scores of an image's labels sharpened along its edges.
 *
 * image    [H, W, 3]      0…255 RGB as it was read
 * scores   [C' + 1, H, W] ≥ 0, background first; need not sum to one
 * returns  [C' + 1, H, W] 0…1, sums to 1 at every pixel
 *
 * Empty case: an image without labels is background with probability 1; no CRF is built.
 * @throws {ShapeError} when the scores are not of the image's size
 * @see Krähenbühl & Koltun 2011, algorithm 1; psa tool/imutils.py, crf_inference
 */
export function refineScores(
  image: RgbImage,
  scores: LabelScores,
  config: DenseCrfConfig,
): LabelScores {
  if (scores.classes.length === 0) return certainBackground(scores);
  return withDenseCrf(image, config, (crf) => refineScoresWith(crf, [scores])[0]!);
}

/**
 * Several score sets of one image, as psa's low and high alpha, through the same lattices.
 *
 * scores   each [C' + 1, H, W]
 * returns  each [C' + 1, H, W]  0…1, sums to 1 at every pixel
 *
 * Empty case: a set without classes is background with probability 1.
 * @throws {ShapeError} when a set is not of the image's size
 * @see Ahn & Kwak 2018, section 3.1
 */
export function refineScoresWith(crf: DenseCrf, scores: readonly LabelScores[]): LabelScores[] {
  for (const { height, width, classes, data } of scores) {
    const expected = (classes.length + 1) * height * width;
    if (data.length !== expected) {
      throw new ShapeError(`crf: expected ${expected} scores, got ${data.length}.`);
    }
  }
  const open = scores.filter(({ classes }) => classes.length > 0);
  const unaries = open.map(({ classes, data }) =>
    unaryFromProbabilities(data, { labels: classes.length + 1 }),
  );
  const refined = crf.inferAll(unaries);
  return scores.map((set) => {
    const position = open.indexOf(set);
    return position < 0 ? certainBackground(set) : { ...set, data: refined[position]! };
  });
}

/**
 * Runs `work` with a CRF of the image and frees its memory afterwards, also when it throws.
 *
 * image    [H, W, 3]  0…255 RGB as it was read
 * returns  what `work` returns
 *
 * @see createDenseCrf
 */
export function withDenseCrf<Result>(
  image: RgbImage,
  config: DenseCrfConfig,
  work: (crf: DenseCrf) => Result,
): Result {
  const crf = createDenseCrf(image, config);
  try {
    return work(crf);
  } finally {
    crf.dispose();
  }
}

const certainBackground = (scores: LabelScores): LabelScores => ({
  ...scores,
  data: new Float32Array(scores.height * scores.width).fill(1),
});

/**
 * A label map sharpened along the edges of its image, each label right with the given certainty.
 *
 * seed     [H, W]  0 or class index + 1 of a present class
 * returns  [H, W]  0 or class index + 1
 *
 * classes    class indices present, ascending
 * certainty  0…1 exclusive; irn 0.7
 *
 * Empty case: an image without labels stays background.
 * Differs from the release: irn divides by zero there.
 * @throws {ValueRangeError} when the seed holds a label that is not present
 * @see irn misc/imutils.py, crf_inference_label; step/cam_to_ir_label.py
 */
export function refineLabels(
  crf: DenseCrf,
  seed: LabelMap,
  { classes, certainty }: { readonly classes: Int32Array; readonly certainty: number },
): LabelMap {
  const { height, width } = seed;
  if (classes.length === 0) return { height, width, data: new Uint8Array(height * width) };
  const labels = classes.length + 1;
  const absent = labels;
  const positionOf = new Uint8Array(256).fill(absent);
  positionOf[0] = 0;
  classes.forEach((classIndex, position) => (positionOf[classIndex + 1] = position + 1));
  const unary = unaryFromLabels(
    seed.data.map((label) => positionOf[label]!),
    { labels, certainty },
  );
  return argmaxLabels({ height, width, classes, data: crf.infer(unary) });
}
