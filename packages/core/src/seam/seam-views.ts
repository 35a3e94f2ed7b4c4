import type { RgbImage } from "../contract/image.ts";
import { resizeScores } from "../tensor/resize.ts";
import { tf } from "../tensor/tf.ts";
import type { Weights } from "../tensor/weights.ts";
import { splitBackground } from "./correlation-input.ts";
import { maxNormalise } from "./max-normalise.ts";
import type { SeamMaps } from "./seam-head.ts";
import { seamForward, type SeamNetwork } from "./seam-network.ts";

/** What a siamese network sees of one image, and of transformed ones brought back to its grid. */
export interface SeamViews {
  readonly height: number;
  readonly width: number;
  /** [3, 2, C', h, w] 0…1: upright, rescaled, mirrored; each before and after the correlation module. */
  readonly maps: Float32Array;
  /** [h, w, D] unit vectors of the upright image: what the module compares pixels by. */
  readonly features: Float32Array;
}

/**
 * Maps of an image I and of A(I) for two transforms A, each brought back to the grid of I: the training's
 * own rescaling, and a mirror that it never sees. An equivariant network gives the same maps.
 *
 * view         [H, W, 3]        0…255
 * returns      maps [3, 2, C', h, w] 0…1, each map stretched by its own maximum; features [h, w, D]
 *
 * branchScale  size of the rescaled view, × the first
 *
 * Empty case: no classes give no maps.
 * @see Wang et al. 2020, section 3.2, equation 2
 */
export async function seamViews(
  network: SeamNetwork,
  weights: Weights,
  view: RgbImage,
  { classes, branchScale }: { readonly classes: Int32Array; readonly branchScale: number },
): Promise<SeamViews> {
  const [maps, features] = tf.tidy(() => {
    const image = tf.tensor4d(Float32Array.from(view.data), [1, view.height, view.width, 3]);
    const upright = seamForward(network, weights, image, null);
    const [, height, width] = upright.cam.shape;
    const small = {
      height: Math.max(1, Math.floor(view.height * branchScale)),
      width: Math.max(1, Math.floor(view.width * branchScale)),
    };
    const shrunk = resizeScores(image, { ...small, grid: "corner-aligned" });
    const rescaled = seamForward(network, weights, shrunk, null);
    const mirrored = seamForward(network, weights, tf.reverse(image, 2), null);
    const enlarge = (found: tf.Tensor4D): tf.Tensor4D =>
      resizeScores(found, { height, width, grid: "corner-aligned" });
    const mirror = (found: tf.Tensor4D): tf.Tensor4D => tf.reverse(found, 2);
    const planes = [
      planesOf(upright, classes, (found) => found),
      planesOf(rescaled, classes, enlarge),
      planesOf(mirrored, classes, mirror),
    ];
    const norm = tf.maximum(tf.norm(upright.features, 2, 3, true), 1e-12);
    const directions = tf.squeeze(tf.div(upright.features, norm), [0]); // [h, w, D]
    return [tf.stack(planes), directions as tf.Tensor3D] as const;
  });
  const [height, width] = features.shape;
  const result = {
    height,
    width,
    maps: Float32Array.from(await maps.data()),
    features: Float32Array.from(await features.data()),
  };
  tf.dispose([maps, features]);
  return result;
}

/** [2, C', h, w]: normalised maps of the listed classes, before and after the module, brought back. */
function planesOf(
  { cam, revisedCam }: SeamMaps,
  classes: Int32Array,
  bringBack: (found: tf.Tensor4D) => tf.Tensor4D,
): tf.Tensor4D {
  const listed = tf.tensor1d(classes, "int32");
  const planes = [cam, revisedCam].map((found) => {
    const [, foreground] = splitBackground(maxNormalise(bringBack(found)));
    const chosen = tf.gather(foreground, listed, 3); // [1, h, w, C]
    return tf.transpose(tf.squeeze<tf.Tensor3D>(chosen, [0]), [2, 0, 1]);
  });
  return tf.stack(planes) as tf.Tensor4D;
}
