import {
  type CamLeakage,
  leakageMeans,
  leakageShares,
  pointwiseMutualInformation,
} from "@seedmask/core/contract";

export interface Pair {
  readonly classIndex: number;
  readonly partner: number;
}

export interface PairFigures extends Pair {
  /** Images that hold both. */
  readonly images: number;
  /** Bits; null where either class has no image. */
  readonly information: number | null;
  /** Share of the class's CAM on its partner; null without ground truth. */
  readonly leaked: number | null;
  /** Mean CAM of the class on its partner, 0…1. */
  readonly mean: number | null;
}

interface PairsInput {
  /** C */
  readonly classes: number;
  readonly labels: { readonly images: number; readonly counts: readonly number[] };
  readonly leakage: CamLeakage | null;
}

/** Every two classes that meet in an image, the worst leak first; without masks the closest friends. */
export function pairsOf({ classes, labels, leakage }: PairsInput): PairFigures[] {
  const information = pointwiseMutualInformation(labels.counts, {
    classes,
    images: labels.images,
  });
  const shares = leakage && leakageShares(leakage);
  const means = leakage && leakageMeans(leakage);
  const pairs: PairFigures[] = [];
  for (let classIndex = 0; classIndex < classes; classIndex += 1) {
    for (let partner = 0; partner < classes; partner += 1) {
      const images = labels.counts[classIndex * classes + partner] ?? 0;
      if (classIndex === partner || images === 0) continue;
      const onLabel = classIndex * (classes + 1) + partner + 1;
      pairs.push({
        classIndex,
        partner,
        images,
        information: information[classIndex * classes + partner] ?? null,
        leaked: shares?.[onLabel] ?? null,
        mean: means?.[onLabel] ?? null,
      });
    }
  }
  return pairs.toSorted(
    (a, b) =>
      (b.leaked ?? -1) - (a.leaked ?? -1) || (b.information ?? -99) - (a.information ?? -99),
  );
}
