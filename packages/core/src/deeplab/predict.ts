import { ShapeError } from "../contract/errors.ts";
import type { RgbImage } from "../contract/image.ts";
import { resizeScores } from "../tensor/resize.ts";
import { tf } from "../tensor/tf.ts";
import type { Weights } from "../tensor/weights.ts";
import { type Segmenter, segment } from "./segmenter.ts";

/** Planar: `data[(label * height + y) * width + x]`; sums to 1 over labels at every pixel. */
export interface LabelProbabilities {
  readonly labels: number;
  readonly height: number;
  readonly width: number;
  readonly data: Float32Array;
}

export interface PredictOptions {
  readonly segmenter: Segmenter;
  readonly weights: Weights;
  /** The image at each scale, rescaled by the caller. */
  readonly views: readonly RgbImage[];
  /** Add the mirrored view of each. */
  readonly flip: boolean;
  /** Size of the answer: the image's own. */
  readonly height: number;
  readonly width: number;
}

const imageTensor = ({ data, height, width }: RgbImage): tf.Tensor4D =>
  tf.tensor4d(Float32Array.from(data), [1, height, width, 3]);

/** Probabilities of one view on the image's grid. → [1, H, W, L] */
function viewProbabilities(
  { segmenter, weights, height, width }: PredictOptions,
  view: RgbImage,
  mirrored: boolean,
): tf.Tensor4D {
  return tf.tidy(() => {
    const image = imageTensor(view);
    const logits = segment(segmenter, weights, mirrored ? tf.reverse(image, 2) : image);
    const upright = mirrored ? tf.reverse(logits, 2) : logits;
    return tf.softmax(resizeScores(upright, { height, width, grid: "half-pixel" }));
  });
}

/**
 * Label probabilities of one image: the mean over views of the softmax of the enlarged scores.
 *
 * views     [H', W', 3] each  0…255
 * returns   [L, H, W]         0…1, sums to 1 over labels
 *
 * flip      each view is also looked at mirrored
 *
 * @throws {ShapeError} when there is no view
 * @see Chen et al. 2017 (DeepLab v3), section 4.1, multi-scale inputs and flips
 */
export async function predictProbabilities(options: PredictOptions): Promise<LabelProbabilities> {
  const {
    segmenter: { labels },
    views,
    flip,
    height,
    width,
  } = options;
  if (views.length === 0) {
    throw new ShapeError("predictProbabilities: expected at least one view, got none.");
  }
  const looks = views.flatMap((view) =>
    (flip ? [false, true] : [false]).map((mirrored) => ({ view, mirrored })),
  );
  let sum: tf.Tensor4D = tf.zeros([1, height, width, labels]);
  for (const { view, mirrored } of looks) {
    const further = tf.tidy(() => tf.add(sum, viewProbabilities(options, view, mirrored)));
    sum.dispose();
    sum = further as tf.Tensor4D;
  }
  const planes = tf.tidy(() => tf.transpose(tf.div(tf.squeeze(sum, [0]), looks.length), [2, 0, 1])); // [H, W, L] -> [L, H, W]
  sum.dispose();
  const data = Float32Array.from(await planes.data());
  planes.dispose();
  return { labels, height, width, data };
}
