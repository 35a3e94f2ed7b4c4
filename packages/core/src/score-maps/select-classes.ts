import { type ScoreMaps, ShapeError } from "../contract/index.ts";

/**
 * Maps of an image's own classes out of the maps of all classes.
 *
 * dense    [C, h, w]
 * returns  [C', h, w]  classes ascending
 *
 * classes  class indices to keep: the image-level labels
 *
 * Empty case: an image without labels gives no maps.
 * @throws {ShapeError} when a class has no map
 * @see algorithms.md 21.5
 */
export function selectClasses(
  dense: Float32Array,
  options: { readonly height: number; readonly width: number; readonly classes: Iterable<number> },
): ScoreMaps {
  const { height, width } = options;
  const pixels = height * width;
  const classes = Int32Array.from(new Set(options.classes)).toSorted();
  const data = new Float32Array(classes.length * pixels);
  classes.forEach((classIndex, position) => {
    const start = classIndex * pixels;
    if (classIndex < 0 || start + pixels > dense.length) {
      throw new ShapeError(
        `score-maps: expected class indices below ${dense.length / pixels}, got ${classIndex}.`,
      );
    }
    data.set(dense.subarray(start, start + pixels), position * pixels);
  });
  return { height, width, classes, data };
}
