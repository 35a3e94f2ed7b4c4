import {
  type CamLeakage,
  type ConfusionCounts,
  classIous,
  coverage,
  type DatasetImage,
  type EvaluationPolicy,
  type EvaluationResult,
  type ImageErrors,
  type LabelChange,
  type LabelMap,
  type MaskStage,
  meanIou,
  pixelAccuracy,
  type ScoreMaps,
  type ThresholdHistogram,
} from "../contract/index.ts";
import type { Dataset } from "../data/dataset.ts";
import { addLeakage, camLeakage } from "../metrics/cam-leakage.ts";
import { countConfusion, mergeConfusions } from "../metrics/confusion.ts";
import { imageCounts } from "../metrics/image-counts.ts";
import { labelChange } from "../metrics/label-change.ts";
import { addNoise, maskNoise, noNoise } from "../metrics/mask-noise.ts";
import { mergeThresholdHistograms, thresholdHistogram } from "../metrics/threshold-histogram.ts";

/** Thresholds 0, 0.01, … 0.99. */
export const THRESHOLD_BINS = 100;

export interface EarlierMasks {
  readonly stage: MaskStage;
  /** Whether there is a mask of an image: of those made elsewhere, one split may have none. */
  readonly has: (entry: DatasetImage) => boolean;
  readonly mask: (entry: DatasetImage) => Promise<LabelMap>;
}

/** The earlier masks, where there is one for each of some images. */
export const coveringAll = (
  before: EarlierMasks | null,
  entries: readonly DatasetImage[],
): EarlierMasks | null => (before && entries.every(before.has) ? before : null);

export interface EvaluateMasksOptions {
  readonly dataset: Dataset;
  readonly entries: readonly DatasetImage[];
  readonly policy: EvaluationPolicy;
  /** Hash of the artefact the masks are read from. */
  readonly artifact: string;
  readonly mask: (entry: DatasetImage) => Promise<LabelMap>;
  /** The masks these were made of. */
  readonly before?: EarlierMasks | null;
  /** CAMs at the mask's own size, where masks are CAMs cut by a threshold. */
  readonly scores?: (entry: DatasetImage) => Promise<ScoreMaps>;
  /** Called before each image; throwing stops the evaluation. */
  readonly breathe: () => Promise<void>;
}

/** Scores the masks of a split against ground truth. Null where no image of it has any. */
export async function evaluateMasks(
  options: EvaluateMasksOptions,
): Promise<EvaluationResult | null> {
  const { dataset, entries, policy, before = null } = options;
  const classes = dataset.manifest.classes.length;
  const labels = classes + 1;
  const rule = policy.predictedIgnoreRule;
  const parts: ConfusionCounts[] = [];
  const histograms: ThresholdHistogram[] = [];
  const perImage: EvaluationResult["perImage"] = [];
  const imageErrors: ImageErrors[] = [];
  let noise = noNoise(labels);
  let leakage: CamLeakage | null = null;
  const change: LabelChange | null = before && { from: before.stage, counts: [] };
  for (const entry of entries) {
    const truth = await dataset.mask(entry);
    if (truth === null) continue;
    await options.breathe();
    const image = entry.id;
    const mask = await options.mask(entry);
    const counts = countConfusion(truth, mask, { labels, image });
    parts.push(counts);
    perImage.push(imageCounts(entry.key, counts, rule));
    const own = maskNoise(truth, mask, { labels, rule, image });
    noise = addNoise(noise, own);
    imageErrors.push({ imageKey: entry.key, scored: own.scored, causes: own.causes });
    if (before && change) {
      const masks = { before: await before.mask(entry), after: mask };
      addCounts(change.counts, labelChange(truth, masks, { labels, rule, image }));
    }
    if (options.scores) {
      const scores = await options.scores(entry);
      histograms.push(thresholdHistogram(truth, scores, { labels, bins: THRESHOLD_BINS, image }));
      const leaked = camLeakage(truth, scores, { classes, image });
      leakage = leakage === null ? leaked : addLeakage(leakage, leaked);
    }
    if (parts.length >= MERGE_EVERY) {
      parts.splice(0, parts.length, mergeConfusions(parts, { labels }));
      mergeInPlace(histograms, labels);
    }
  }
  if (perImage.length === 0) return null;
  const confusion = mergeConfusions(parts, { labels });
  mergeInPlace(histograms, labels);
  return {
    policy,
    artifact: options.artifact,
    images: perImage.length,
    meanIou: meanIou(confusion, policy.absentClassRule, rule),
    pixelAccuracy: pixelAccuracy(confusion),
    coverage: coverage(confusion),
    classes: classIous(confusion, rule),
    confusion,
    thresholdHistogram: histograms[0] ?? null,
    noise,
    change,
    leakage,
    perImage,
    imageErrors,
  };
}

/** Adds counts in place; the sum may still be empty. */
export function addCounts(sum: number[], counts: readonly number[]): void {
  counts.forEach((count, at) => {
    sum[at] = (sum[at] ?? 0) + count;
  });
}

/** Counts of so many images are kept apart before they are added up. */
const MERGE_EVERY = 32;

function mergeInPlace(histograms: ThresholdHistogram[], labels: number): void {
  if (histograms.length < 2) return;
  const merged = mergeThresholdHistograms(histograms, { labels, bins: THRESHOLD_BINS });
  histograms.splice(0, histograms.length, merged);
}
