import { ArtifactError, type DatasetImage, type ScoreMaps } from "../../contract/index.ts";
import type { ScoreInput } from "./score-input.ts";

interface Expected {
  readonly file: string;
  readonly entry: DatasetImage;
  /** Names of the dataset's classes. */
  readonly classes: readonly string[];
  /** Whether a plane of the background goes first, and keys count from it: background 0, class c + 1. */
  readonly background: boolean;
}

const list = (values: readonly number[]): string =>
  values.length > 0 ? values.join(", ") : "none";

/** Which of the input's planes are those of the image's classes, in ascending order. */
function planesOfImage({ maps, keys: given }: ScoreInput, expected: Expected): number[] {
  const { file, entry, classes, background } = expected;
  const first = background ? 1 : 0;
  // Our own refined scores name their classes alone; the background's plane goes before them.
  const unnamed = background && given !== null && given.length === maps.shape[0]! - 1;
  const keys = unnamed ? [0, ...given.map((key) => key + 1)] : given;
  const wanted = [...(background ? [0] : []), ...entry.labels.map((index) => index + first)];
  const planes = maps.shape[0]!;
  if (keys === null || keys.length !== planes) {
    if (keys !== null && planes > 0) {
      throw new ArtifactError(
        `${file}: keys: expected one key for each of ${planes} maps, got ${keys.length}.`,
      );
    }
    if (planes === wanted.length) return [...wanted.keys()];
    if (planes === classes.length + first) return wanted;
    throw new ArtifactError(
      `${file}: expected ${wanted.length} maps (the classes of image ${entry.id}) or ${classes.length + first} (all classes), got ${planes}. Save the class of each map beside it.`,
    );
  }
  const stranger = keys.find((key) => !wanted.includes(key));
  if (stranger !== undefined) {
    const name = classes[stranger - first];
    const what = name === undefined ? `${stranger}, which is no class` : `${stranger} (${name})`;
    throw new ArtifactError(
      `${file}: expected maps of classes ${list(wanted)}, which image ${entry.id} has, got one of ${what}. Class indices count from ${first}${background ? ", 0 is the background" : ""}; check the order of the classes.`,
    );
  }
  const missing = wanted.find((key) => !keys.includes(key));
  if (missing !== undefined || keys.length !== wanted.length) {
    throw new ArtifactError(
      `${file}: expected one map for each of classes ${list(wanted)} of image ${entry.id}, got ${list(keys)}.`,
    );
  }
  return wanted.map((key) => keys.indexOf(key));
}

/** Whether h × w is H × W on some grid: the same stride along both sides, give or take a cell. */
function sameAspect(
  { height, width }: { height: number; width: number },
  image: { height: number; width: number },
): boolean {
  const stride = image.height / height;
  return Math.abs(image.width / stride - width) <= Math.max(1, width * 0.1);
}

function requireGrid(maps: ScoreInput["maps"], { file, entry }: Expected): void {
  const [, height, width] = maps.shape as [number, number, number];
  const fits = sameAspect({ height, width }, entry) || height === width;
  if (height >= 1 && width >= 1 && height <= entry.height && width <= entry.width && fits) return;
  throw new ArtifactError(
    `${file}: expected maps of ${entry.height}×${entry.width} (image ${entry.id}) at some stride, or square, got ${height}×${width}. Height goes first; maps may not be larger than their image.`,
  );
}

function requireRange(data: Float32Array, file: string): void {
  let least = Infinity;
  let most = -Infinity;
  for (const value of data) {
    if (Number.isNaN(value)) {
      throw new ArtifactError(`${file}: expected scores in 0…1, got NaN. Check how it was made.`);
    }
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  if (least >= 0 && most <= 1) return;
  if (data.length === 0) return;
  throw new ArtifactError(
    `${file}: expected scores in 0…1, got ${least} to ${most}. Divide each map by its maximum, or apply the softmax.`,
  );
}

/**
 * Score maps of an image by the contract that our own seeds keep: its own classes in ascending order,
 * numbers in 0…1, on a grid of the image.
 *
 * returns  [C', h, w]  for seeds; [C' + 1, h, w], background first, for refined seeds
 *
 * @throws {ArtifactError} naming the file and the field
 */
export function checkedScores(input: ScoreInput, expected: Expected): ScoreMaps {
  const planes = planesOfImage(input, expected);
  const [, height, width] = input.maps.shape as [number, number, number];
  if (planes.length > 0) requireGrid(input.maps, expected);
  const size = height * width;
  const data = new Float32Array(planes.length * size);
  for (const [to, from] of planes.entries()) {
    data.set(input.maps.data.subarray(from * size, (from + 1) * size), to * size);
  }
  requireRange(data, expected.file);
  // An image without labels may come as an empty dict, which has no grid.
  const grid = size > 0 ? { height, width } : { height: 1, width: 1 };
  return { ...grid, classes: Int32Array.from(expected.entry.labels), data };
}
