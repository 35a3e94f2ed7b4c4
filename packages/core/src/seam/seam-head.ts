import { relu } from "../tensor/activation.ts";
import { conv2d } from "../tensor/conv.ts";
import { detach } from "../tensor/detach.ts";
import { resizeScores } from "../tensor/resize.ts";
import { tf } from "../tensor/tf.ts";
import { correlationInput } from "./correlation-input.ts";
import { correlatePixels } from "./pcm.ts";

/** The four 1 × 1 convolutions SEAM adds to a backbone, [1, 1, I, O], under the release's names. */
export interface SeamHeadWeights {
  /** conv6 → C + 1. */
  readonly fc8: tf.Tensor4D;
  /** conv4 → 64. */
  readonly f8_3: tf.Tensor4D;
  /** conv5 → 128. */
  readonly f8_4: tf.Tensor4D;
  /** 3 + 64 + 128 → 192. */
  readonly f9: tf.Tensor4D;
}

export interface SeamTaps {
  readonly conv4: tf.Tensor4D;
  readonly conv5: tf.Tensor4D;
  /** After dropout where training. */
  readonly conv6: tf.Tensor4D;
}

export interface SeamMaps {
  /** Raw class maps. */
  readonly cam: tf.Tensor4D;
  /** Class maps revised by the pixel correlation module. */
  readonly revisedCam: tf.Tensor4D;
}

/** Maps with the features that revised them. */
export interface CorrelatedMaps extends SeamMaps {
  /** [N, h, w, D], what the module compares pixels by. */
  readonly features: tf.Tensor4D;
}

/**
 * CAMs and revised CAMs on the feature grid.
 *
 * images    [N, H, W, 3]  normalised as the backbone's input
 * taps      [N, h, w, D]  of three depths, the same grid
 * returns   [N, h, w, C + 1]  twice; channel 0 of `cam` is trained by nothing and never read;
 *           and the features [N, h, w, 192] that pixels were compared by
 *
 * The module's input, conv4 and conv5 are constants to it: losses of the revised CAM train only
 * f8_3, f8_4 and f9.
 * @throws {ShapeError} when the taps have different grids
 * @see Wang et al. 2020, figure 2; SEAM network/resnet38_SEAM.py forward
 */
export function seamMaps(
  images: tf.Tensor4D,
  { conv4, conv5, conv6 }: SeamTaps,
  weights: SeamHeadWeights,
): CorrelatedMaps {
  const [, height, width] = conv6.shape;
  const cam = conv2d(conv6, weights.fc8); // [N, h, w, C + 1]
  const correlated = tf.tidy(() => {
    const small = resizeScores(images, { height, width, grid: "corner-aligned" });
    const stack = tf.concat(
      [small, relu(conv2d(detach(conv4), weights.f8_3)), relu(conv2d(detach(conv5), weights.f8_4))],
      3,
    );
    const features = conv2d(stack, weights.f9);
    return {
      features,
      revisedCam: correlatePixels(detach(correlationInput(detach(cam))), features),
    };
  });
  return { cam, ...correlated };
}

/**
 * Both maps at the size of the images, as every loss wants them.
 *
 * maps      [N, h, w, C + 1]
 * returns   [N, H, W, C + 1]
 *
 * @see SEAM network/resnet38_SEAM.py forward
 */
export function upsampleSeamMaps(
  { cam, revisedCam }: SeamMaps,
  { height, width }: { readonly height: number; readonly width: number },
): SeamMaps {
  const grid = "corner-aligned";
  return {
    cam: resizeScores(cam, { height, width, grid }),
    revisedCam: resizeScores(revisedCam, { height, width, grid }),
  };
}
