import { expectShape } from "../tensor/shape.ts";
import { tf } from "../tensor/tf.ts";

/** Added to norms and column sums. @see SEAM network/resnet38_SEAM.py, PCM */
const EPSILON = 1e-5;
/** Below it a feature has no direction; its gradient is zero instead of infinite. */
const SMALLEST_SQUARED_NORM = 1e-24;

/** Columns of the affinity alive at once: 3,136 pixels · 512 · 4 bytes = 6.4 MB an image. */
const DEFAULT_BLOCK = 512;

/** Unit feature vectors. features [N, P, D] → [N, P, D], norms in 0…1 */
function unitFeatures(features: tf.Tensor3D): tf.Tensor3D {
  const squared = tf.sum(tf.square(features), 2, true);
  const norm = tf.sqrt(tf.maximum(squared, SMALLEST_SQUARED_NORM));
  return tf.div(features, tf.add(norm, EPSILON));
}

/** Affinity of all pixels to a block of them: relu of cosines, [N, P, B]. */
const affinityTo = (features: tf.Tensor3D, block: tf.Tensor3D): tf.Tensor3D =>
  tf.relu(tf.matMul(features, block, false, true));

const blocksOf = (pixels: number, block: number): { start: number; length: number }[] =>
  Array.from({ length: Math.ceil(pixels / block) }, (_, at) => ({
    start: at * block,
    length: Math.min(block, pixels - at * block),
  }));

const rows = (x: tf.Tensor3D, { start, length }: { start: number; length: number }): tf.Tensor3D =>
  tf.slice(x, [0, start, 0], [-1, length, -1]);

/** Weighted means of a block of output pixels, with the sums they were divided by. */
function meansOfBlock(maps: tf.Tensor3D, features: tf.Tensor3D, block: tf.Tensor3D) {
  const affinity = affinityTo(features, block); // [N, P, B]
  const sums = tf.add(tf.sum(affinity, 1), EPSILON); // [N, B]
  const divisor = tf.expandDims(sums, 2) as tf.Tensor3D; // [N, B, 1]
  const means = tf.div<tf.Tensor3D>(tf.matMul(affinity, maps, true), divisor); // [N, B, C]
  return { affinity, divisor, means };
}

/**
 * Replaces every pixel's scores by the mean of all pixels' scores, weighted by feature similarity.
 *
 * maps      [N, P, C]  any real
 * features  [N, P, D]  unit vectors
 * returns   [N, P, C]  between the least and the greatest value of each map, but for 1e-5
 *
 * The P × P affinity is never whole: it is made again block by block, forwards and backwards.
 */
const correlateUnit = (block: number) =>
  tf.customGrad((maps, features, save) => {
    const scores = maps as tf.Tensor3D;
    const unit = features as tf.Tensor3D;
    const blocks = blocksOf(unit.shape[1], block);
    const value = tf.concat(
      blocks.map((range) => tf.tidy(() => meansOfBlock(scores, unit, rows(unit, range)).means)),
      1,
    );
    (save as tf.GradSaveFunc)([scores, unit]);
    return {
      value,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) =>
        backThroughBlocks(dy as tf.Tensor3D, saved as [tf.Tensor3D, tf.Tensor3D], blocks),
    };
  });

function backThroughBlocks(
  slope: tf.Tensor3D,
  [maps, features]: [tf.Tensor3D, tf.Tensor3D],
  blocks: readonly { start: number; length: number }[],
): [tf.Tensor, tf.Tensor] {
  let mapsGradient = tf.zerosLike(maps);
  let rowGradient = tf.zerosLike(features);
  const columnGradients: tf.Tensor3D[] = [];
  for (const range of blocks) {
    const [nextMaps, nextRows, columns] = tf.tidy(() => {
      const block = rows(features, range);
      const { affinity, divisor, means } = meansOfBlock(maps, features, block);
      const slopeOfSums = tf.div<tf.Tensor3D>(rows(slope, range), divisor); // [N, B, C]
      const slopeOfDivisor = tf.neg(tf.sum(tf.mul(slopeOfSums, means), 2, true)); // [N, B, 1]
      const slopeOfAffinity = tf.add(
        tf.matMul(maps, slopeOfSums, false, true),
        tf.transpose(slopeOfDivisor, [0, 2, 1]),
      ); // [N, P, B]
      const slopeOfCosine = tf.mul<tf.Tensor3D>(slopeOfAffinity, tf.step(affinity));
      return [
        tf.add<tf.Tensor3D>(mapsGradient, tf.matMul(affinity, slopeOfSums)),
        tf.add<tf.Tensor3D>(rowGradient, tf.matMul(slopeOfCosine, block)),
        tf.matMul(slopeOfCosine, features, true), // [N, B, D]
      ] as const;
    });
    tf.dispose([mapsGradient, rowGradient]);
    mapsGradient = nextMaps;
    rowGradient = nextRows;
    columnGradients.push(columns);
  }
  return [mapsGradient, tf.add(rowGradient, tf.concat(columnGradients, 1))];
}

/**
 * Pixel correlation module: CAMs refined by the similarity of features.
 *
 * maps      [N, h, w, C]  normalised CAMs, background first
 * features  [N, h, w, D]  any real; compared by direction only
 * returns   [N, h, w, C]  every value between the least and the greatest of its map, but for 1e-5
 *
 * block     affinity columns alive at once; memory is P · block, the result does not depend on it
 *
 * Differs from the release: one block of columns at a time with a backward pass that recomputes
 * them, instead of two P × P matrices. Equal features give the spatial mean.
 * @throws {ShapeError} when both grids differ
 * @see Wang et al. 2020, section 3.3, equation 5; SEAM network/resnet38_SEAM.py PCM
 */
export function correlatePixels(
  maps: tf.Tensor4D,
  features: tf.Tensor4D,
  { block = DEFAULT_BLOCK }: { block?: number } = {},
): tf.Tensor4D {
  const [count, height, width, channels] = maps.shape;
  expectShape(
    features,
    ["N", "h", "w", "D"],
    { N: count, h: height, w: width },
    "seam: features of the pixel correlation module",
  );
  return tf.tidy(() => {
    const flat = tf.reshape(maps, [count, height * width, channels]); // [N, P, C]
    const directions = unitFeatures(
      tf.reshape(features, [count, height * width, features.shape[3]]),
    ); // [N, P, D]
    return tf.reshape(correlateUnit(block)(flat, directions), maps.shape);
  });
}
