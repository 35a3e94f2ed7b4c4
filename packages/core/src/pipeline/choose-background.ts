import type { DatasetImage, RunConfig, ScoreMaps } from "../contract/index.ts";
import {
  bestThreshold,
  ConfigError,
  sweepThresholds,
  thresholdOfAlpha,
} from "../contract/index.ts";
import type { BackgroundRule } from "../cam/background.ts";
import type { Dataset } from "../data/dataset.ts";
import { mergeThresholdHistograms, thresholdHistogram } from "../metrics/threshold-histogram.ts";
import { createRandom } from "../tensor/random.ts";
import { THRESHOLD_BINS } from "./evaluate-masks.ts";
import type { Threshold } from "./policy.ts";

export interface BackgroundChoice {
  readonly background: BackgroundRule;
  readonly threshold: Threshold;
}

/** The training images whose masks choose the threshold: the same ones for every run of a seed. */
export function labelledTrainImages(
  train: readonly DatasetImage[],
  { seed, count }: { seed: number; count: number },
): DatasetImage[] {
  const withMask = train.filter(({ mask }) => mask !== null);
  return createRandom(seed).fork("labelled-train-images").shuffle(withMask).slice(0, count);
}

export interface ChooseBackgroundOptions {
  readonly config: RunConfig;
  readonly dataset: Dataset;
  readonly train: readonly DatasetImage[];
  /** Normalised CAM at the image's own size. */
  readonly scores: (entry: DatasetImage) => Promise<ScoreMaps>;
  readonly breathe: () => Promise<void>;
}

/**
 * The background rule of a run. A threshold is fixed, or the best on a few training images whose
 * masks are known; never chosen on the split that is reported.
 */
export async function chooseBackground({
  config,
  dataset,
  train,
  scores,
  breathe,
}: ChooseBackgroundOptions): Promise<BackgroundChoice> {
  const { background } = config.seeds;
  if (background.rule === "power") {
    const value = thresholdOfAlpha(background.alpha);
    return {
      background: { rule: "power", alpha: background.alpha },
      threshold: { value, chosenBy: "fixed", images: 0 },
    };
  }
  const { choice, labelledImages, threshold: given } = background;
  if (choice === "fixed") {
    return {
      background: { rule: "constant", threshold: given },
      threshold: { value: given, chosenBy: "fixed", images: 0 },
    };
  }
  const chosen = labelledTrainImages(train, { seed: config.seed, count: labelledImages });
  if (chosen.length === 0) {
    throw new ConfigError(
      `make-seeds: expected training images with masks to choose the threshold on, got none among ${train.length}. Use a fixed threshold, or add masks to a few training images.`,
    );
  }
  const labels = dataset.manifest.classes.length + 1;
  const bins = THRESHOLD_BINS;
  const histograms = [];
  for (const entry of chosen) {
    await breathe();
    const truth = await dataset.mask(entry);
    const maps = await scores(entry);
    histograms.push(thresholdHistogram(truth!, maps, { labels, bins, image: entry.id }));
  }
  const merged = mergeThresholdHistograms(histograms, { labels, bins });
  const { threshold: value } = bestThreshold(sweepThresholds(merged, "skip-absent"));
  return {
    background: { rule: "constant", threshold: value },
    threshold: { value, chosenBy: "labelled-train-images", images: chosen.length },
  };
}
