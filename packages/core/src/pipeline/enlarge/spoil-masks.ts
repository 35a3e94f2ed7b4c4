import { link, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type ArtifactKind,
  type DatasetImage,
  type EvaluationResult,
  type LabelMap,
  type MaskStage,
  maskPath,
  type RunConfig,
} from "../../contract/index.ts";
import type { Dataset } from "../../data/dataset.ts";
import { encodeLabels } from "../../data/label-file.ts";
import { mergeConfusions } from "../../metrics/confusion.ts";
import { addNoise } from "../../metrics/mask-noise.ts";
import { createRandom } from "../../tensor/random.ts";
import type { ArtifactStore } from "../artifact-store.ts";
import { evaluateMasks } from "../evaluate-masks.ts";
import { NO_THRESHOLD, policyOf } from "../policy.ts";
import { originOf } from "./enlarge-dataset.ts";
import { type Spoiling, spoilLabels } from "./spoil-labels.ts";

export interface SpoilMasksOptions {
  readonly home: string;
  readonly store: ArtifactStore;
  readonly dataset: Dataset;
  /** Dataset that `dataset` repeats, or itself. */
  readonly source: Dataset;
  readonly config: RunConfig;
  readonly stage: MaskStage;
  readonly seed: number;
  readonly spoiling: Spoiling;
}

const KINDS = {
  "make-seeds": "seed",
  "refine-seeds": "refined-seed",
  "make-pseudo-masks": "pseudo-mask",
  predict: "prediction",
} as const satisfies Record<MaskStage, ArtifactKind>;

export interface SpoiltMasks {
  readonly kind: ArtifactKind;
  readonly artifact: string;
  readonly evaluation: EvaluationResult;
}

/**
 * Writes an artefact with a prediction for every image of the evaluation split, and scores it. Images
 * that repeat one of the source share its prediction: its file by links, its score by copies.
 */
export async function spoilMasks(options: SpoilMasksOptions): Promise<SpoiltMasks> {
  const { home, store, dataset, source, config, stage, seed, spoiling } = options;
  const split = config.evaluationSplit;
  const entries = dataset.split(split);
  const copies = dataset.manifest.images.length / source.manifest.images.length;
  const origins = entries.slice(0, entries.length / copies);
  const folder = join(home, "work", `spoilt-${stage}-${seed}-${dataset.manifest.hash.slice(0, 8)}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, "masks"), { recursive: true });
  const predictions = new Map<string, LabelMap>();
  for (const [at, { key }] of entries.entries()) {
    const file = join(folder, maskPath(key));
    const origin = originOf(origins, at);
    if (at >= origins.length) {
      await link(join(folder, maskPath(origin.key)), file);
      continue;
    }
    const truth = (await dataset.mask(origin))!;
    const prediction = spoilLabels(truth, createRandom(seed).fork(`${stage} ${at}`), spoiling);
    await writeFile(file, encodeLabels(prediction));
    predictions.set(key, prediction);
  }
  const kind = KINDS[stage];
  const about = { kind, dataset: dataset.manifest.hash, meta: { threshold: NO_THRESHOLD } };
  const artifact = await store.draft(folder).commit(about);
  const once = await evaluateMasks({
    dataset,
    entries: origins,
    policy: policyOf({ config, dataset, split, stage, threshold: NO_THRESHOLD }),
    artifact,
    mask: async ({ key }) => predictions.get(key)!,
    breathe: () => Promise.resolve(),
  });
  return { kind, artifact, evaluation: repeatEvaluation(once!, entries) };
}

/** What scoring the same images again and again gives: counts grow, rates stay. */
function repeatEvaluation(
  once: EvaluationResult,
  entries: readonly DatasetImage[],
): EvaluationResult {
  const copies = Array.from({ length: entries.length / once.images }, () => once);
  const labels = once.classes.length;
  return {
    ...once,
    images: entries.length,
    confusion: mergeConfusions(
      copies.map(({ confusion }) => confusion),
      { labels },
    ),
    noise: copies.map(({ noise }) => noise).reduce(addNoise),
    perImage: entries.map(({ key }, at) => ({ ...originOf(once.perImage, at), imageKey: key })),
    imageErrors: entries.map(({ key }, at) => ({
      ...originOf(once.imageErrors, at),
      imageKey: key,
    })),
  };
}
