import {
  type CamLeakage,
  IGNORE_INDEX,
  type LabelMap,
  type ScoreMaps,
  ShapeError,
} from "../contract/index.ts";

/**
 * How much of each class's CAM lies on each label of the ground truth.
 *
 * truth    [H, W]      0…L−1, 255 is not counted
 * scores   [C', H, W]  normalised CAM 0…1 at the size of the truth, present classes only
 * returns  [C, L]      sums of CAM and numbers of pixels
 *
 * classes  C = L − 1
 * image    name of the image, for messages
 *
 * Empty case: an image without labels gives zeros.
 * @throws {ShapeError} when sizes differ
 * @see Lee et al. 2022 (W-OoD), section 1: co-occurring background takes a class's activation
 */
export function camLeakage(
  truth: LabelMap,
  scores: ScoreMaps,
  { classes, image }: { readonly classes: number; readonly image: string },
): CamLeakage {
  if (truth.height !== scores.height || truth.width !== scores.width) {
    throw new ShapeError(
      `metrics: image ${image}: expected scores of ${truth.height}×${truth.width}, ` +
        `got ${scores.height}×${scores.width}. Resize the scores to the mask first.`,
    );
  }
  const labels = classes + 1;
  const leakage = noLeakage(classes);
  const plane = truth.data.length;
  scores.classes.forEach((classIndex, position) => {
    const row = classIndex * labels;
    for (let at = 0; at < plane; at += 1) {
      const label = truth.data[at]!;
      if (label === IGNORE_INDEX) continue;
      leakage.mass[row + label]! += scores.data[position * plane + at]!;
      leakage.pixels[row + label]! += 1;
    }
  });
  return leakage;
}

/** Sums over no image, [C, L]. @see camLeakage */
export const noLeakage = (classes: number): CamLeakage => {
  const zeros = (): number[] => Array.from({ length: classes * (classes + 1) }, () => 0);
  return { classes, mass: zeros(), pixels: zeros() };
};

/**
 * Leakage of two sets of images together.
 *
 * a, b     [C, L] each
 * returns  [C, L]
 *
 * Empty case: `noLeakage` changes nothing.
 * @see camLeakage
 */
export const addLeakage = (a: CamLeakage, b: CamLeakage): CamLeakage => ({
  classes: a.classes,
  mass: a.mass.map((value, at) => value + b.mass[at]!),
  pixels: a.pixels.map((value, at) => value + b.pixels[at]!),
});
