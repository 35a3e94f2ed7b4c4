import { type DatasetImage, type MaskDoubt, maskPath, type MaskStage } from "../contract/index.ts";
import { countAgreement } from "../metrics/label-change.ts";
import { scoreEntropy } from "../metrics/score-entropy.ts";
import type { LabelScores } from "../score-maps/label-scores.ts";
import { entriesIn, entriesOf } from "./entries.ts";
import { readMask } from "./read-artifact.ts";
import type { Artifact } from "./artifact-store.ts";
import { addCounts, coveringAll, type EarlierMasks } from "./evaluate-masks.ts";
import type { StageContext } from "./stage.ts";

export interface MaskDoubtsOptions {
  readonly stage: MaskStage;
  readonly masks: Artifact;
  readonly before: EarlierMasks | null;
  /** What decided the masks, background first, at any resolution. */
  readonly scores?: (entry: DatasetImage) => Promise<LabelScores>;
}

type ImageDoubt = MaskDoubt["perImage"][number];

/** Share of pixels off the diagonal. */
function disagreement(counts: readonly number[], labels: number): number {
  let [same, all] = [0, 0];
  counts.forEach((count, at) => {
    all += count;
    if (at % (labels + 2) === 0) same += count;
  });
  return all === 0 ? 0 : 1 - same / all;
}

/** Where masks changed since the stage before and where scores were undecided, for every split. */
export async function maskDoubts(
  { config, dataset, limit, breathe }: StageContext,
  { stage, masks, before: earlier, scores }: MaskDoubtsOptions,
): Promise<MaskDoubt[]> {
  const labels = dataset.manifest.classes.length + 1;
  const doubts: MaskDoubt[] = [];
  const { splits } = entriesIn(masks, entriesOf(dataset, config, limit), maskPath);
  for (const [split, entries] of splits) {
    const before = coveringAll(earlier, entries);
    if (entries.length === 0 || (!before && !scores)) continue;
    const agreement = before && { from: before.stage, labels, counts: [] as number[] };
    const entropies: number[] = [];
    const means: number[] = [];
    const perImage: ImageDoubt[] = [];
    for (const entry of entries) {
      await breathe();
      const doubt = { imageKey: entry.key, disagreement: null, entropy: null } as ImageDoubt;
      if (before && agreement) {
        const [was, is] = [await before.mask(entry), await readMask(masks, entry)];
        const counts = countAgreement(was, is, { labels, image: entry.id });
        doubt.disagreement = disagreement(counts, labels);
        addCounts(agreement.counts, counts);
      }
      if (scores) {
        const { counts, mean } = scoreEntropy(await scores(entry));
        doubt.entropy = mean;
        addCounts(entropies, counts);
        means.push(mean);
      }
      perImage.push(doubt);
    }
    const mean = means.reduce((sum, value) => sum + value, 0) / Math.max(1, means.length);
    const entropy = scores ? { counts: entropies, mean } : null;
    doubts.push({
      kind: "mask-doubt",
      stage,
      split,
      images: perImage.length,
      agreement,
      entropy,
      perImage,
    });
  }
  return doubts;
}
