import type { BoundaryRing, CamLeakage, LabelChange } from "./noise.ts";
import { PIXEL_STATES } from "./noise-terms.ts";

/** What became of pixels between two stages; a pixel without a label is not a right one. */
export interface PixelFlow {
  readonly pixels: number;
  readonly kept: number;
  /** Right after but not before. */
  readonly fixed: number;
  /** Right before but not after. */
  readonly broken: number;
  readonly stillWrong: number;
  readonly correctBefore: number;
  readonly correctAfter: number;
}

/** The 3 × 3 counts of one ground-truth label, or of all. */
export function stateCounts({ counts }: LabelChange, label?: number): number[] {
  return Array.from({ length: 9 }, (_, cell) => {
    if (label !== undefined) return counts[label * 9 + cell] ?? 0;
    let sum = 0;
    for (let at = cell; at < counts.length; at += 9) sum += counts[at]!;
    return sum;
  });
}

/** The four flows a change is told in; fixed − broken is the change in correct pixels. */
export function pixelFlow(change: LabelChange, label?: number): PixelFlow {
  const cells = stateCounts(change, label);
  const pixels = cells.reduce((sum, count) => sum + count, 0);
  const of = (was: number, is: number): number => cells[was * PIXEL_STATES.length + is]!;
  const kept = of(0, 0);
  const broken = of(0, 1) + of(0, 2);
  const fixed = of(1, 0) + of(2, 0);
  return {
    pixels,
    kept,
    fixed,
    broken,
    stillWrong: pixels - kept - fixed - broken,
    correctBefore: kept + broken,
    correctAfter: kept + fixed,
  };
}

/**
 * Mean IoU over the pixels of some rings alone, classes absent from them left out.
 * @see Kohli et al. 2009, section 5; Chen et al. 2018, section 4.3 (trimap plots)
 */
export function ringsMeanIou(rings: readonly BoundaryRing[]): number | null {
  const labels = rings[0]?.truth.length ?? 0;
  const ious: number[] = [];
  for (let label = 0; label < labels; label += 1) {
    const total = (of: keyof BoundaryRing): number =>
      rings.reduce((sum, ring) => sum + ring[of][label]!, 0);
    const hits = total("truePositives");
    const union = total("truth") + total("predicted") - hits;
    if (union > 0) ious.push(hits / union);
  }
  return ious.length === 0 ? null : ious.reduce((sum, iou) => sum + iou, 0) / ious.length;
}

/** Pixels of some rings, and how many of them are wrong. */
export function ringsError(rings: readonly BoundaryRing[]): { pixels: number; wrong: number } {
  const total = (of: keyof BoundaryRing): number =>
    rings.reduce((sum, ring) => sum + ring[of].reduce((inner, count) => inner + count, 0), 0);
  const pixels = total("truth");
  return { pixels, wrong: pixels - total("truePositives") };
}

/** Share of each class's CAM that lies on each label: C × L, rows sum to 1; null without any CAM. */
export function leakageShares({ classes, mass }: CamLeakage): (number | null)[] {
  const labels = classes + 1;
  return mass.map((value, at) => {
    const start = at - (at % labels);
    const row = mass.slice(start, start + labels).reduce((sum, one) => sum + one, 0);
    return row === 0 ? null : value / row;
  });
}

/** Mean CAM of each class on each label, 0…1: C × L; null where no such pixel exists. */
export const leakageMeans = ({ mass, pixels }: CamLeakage): (number | null)[] =>
  mass.map((value, at) => (pixels[at] === 0 ? null : value / pixels[at]!));

/**
 * Pointwise mutual information of two classes in the same image, in bits: 0 where they meet as often as
 * chance would have it, +1 twice as often; null where either never occurs, −∞ where they never meet.
 *
 * counts  C × C images, the diagonal holds images per class
 * images  all images, with or without a label
 * @see Church & Hanks 1990, equation 1
 */
export function pointwiseMutualInformation(
  counts: readonly number[],
  { classes, images }: { readonly classes: number; readonly images: number },
): (number | null)[] {
  return counts.map((both, at) => {
    const [a, b] = [Math.floor(at / classes), at % classes];
    const [ofA, ofB] = [counts[a * classes + a]!, counts[b * classes + b]!];
    return ofA === 0 || ofB === 0 ? null : Math.log2((both * images) / (ofA * ofB));
  });
}
