import {
  type ConfusionCounts,
  classIous,
  coverage,
  type DatasetImage,
  type EvaluationPolicy,
  type EvaluationResult,
  type LabelMap,
  meanIou,
  pixelAccuracy,
  type ScoreMaps,
  type ThresholdHistogram,
} from "../contract/index.ts";
import type { Dataset } from "../data/dataset.ts";
import { countConfusion, mergeConfusions } from "../metrics/confusion.ts";
import { imageCounts } from "../metrics/image-counts.ts";
import { mergeThresholdHistograms, thresholdHistogram } from "../metrics/threshold-histogram.ts";

/** Thresholds 0, 0.01, … 0.99. */
export const THRESHOLD_BINS = 100;

export interface EvaluateMasksOptions {
  readonly dataset: Dataset;
  readonly entries: readonly DatasetImage[];
  readonly policy: EvaluationPolicy;
  /** Hash of the artefact the masks are read from. */
  readonly artifact: string;
  readonly mask: (entry: DatasetImage) => Promise<LabelMap>;
  /** Scores at the mask's own size, where masks are scores cut by a threshold. */
  readonly scores?: (entry: DatasetImage) => Promise<ScoreMaps>;
  /** Called before each image; throwing stops the evaluation. */
  readonly breathe: () => Promise<void>;
}

/** Scores the masks of a split against ground truth. Null where no image of it has any. */
export async function evaluateMasks(
  options: EvaluateMasksOptions,
): Promise<EvaluationResult | null> {
  const { dataset, entries, policy } = options;
  const labels = dataset.manifest.classes.length + 1;
  const parts: ConfusionCounts[] = [];
  const histograms: ThresholdHistogram[] = [];
  const perImage: EvaluationResult["perImage"] = [];
  for (const entry of entries) {
    const truth = await dataset.mask(entry);
    if (truth === null) continue;
    await options.breathe();
    const image = entry.id;
    const counts = countConfusion(truth, await options.mask(entry), { labels, image });
    parts.push(counts);
    perImage.push(imageCounts(entry.key, counts, policy.predictedIgnoreRule));
    if (options.scores) {
      const scores = await options.scores(entry);
      histograms.push(thresholdHistogram(truth, scores, { labels, bins: THRESHOLD_BINS, image }));
    }
    if (parts.length >= MERGE_EVERY) {
      parts.splice(0, parts.length, mergeConfusions(parts, { labels }));
      mergeInPlace(histograms, labels);
    }
  }
  if (perImage.length === 0) return null;
  const confusion = mergeConfusions(parts, { labels });
  mergeInPlace(histograms, labels);
  const rule = policy.predictedIgnoreRule;
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
    perImage,
  };
}

/** Counts of so many images are kept apart before they are added up. */
const MERGE_EVERY = 32;

function mergeInPlace(histograms: ThresholdHistogram[], labels: number): void {
  if (histograms.length < 2) return;
  const merged = mergeThresholdHistograms(histograms, { labels, bins: THRESHOLD_BINS });
  histograms.splice(0, histograms.length, merged);
}
