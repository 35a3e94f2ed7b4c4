import { readdir } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import {
  ABSENT_CLASS_RULES,
  type AbsentClassRule,
  type ClassIou,
  classIous,
  type ConfusionCounts,
  coverage,
  DatasetError,
  type ImageCounts,
  meanIou,
  pixelAccuracy,
  PREDICTED_IGNORE_RULES,
  type PredictedIgnoreRule,
} from "../contract/index.ts";
import { readLabelFile } from "../data/label-file.ts";
import { countConfusion, mergeConfusions } from "../metrics/confusion.ts";
import { imageCounts } from "../metrics/image-counts.ts";
import { stopIfCancelled } from "./cancel.ts";

export interface EvaluateFolderOptions {
  /** Folder of predicted label PNGs. */
  readonly predictions: string;
  /** Folder of ground truth PNGs of the same names. Those without a prediction are an error. */
  readonly truth: string;
  /** Foreground class names; without them every label id that occurs counts. */
  readonly classes?: readonly string[] | null;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

export interface FolderEvaluation {
  readonly images: number;
  readonly classes: readonly string[] | null;
  /** Mean IoU, 0…1, under each pair of rules. */
  readonly meanIou: Readonly<
    Record<PredictedIgnoreRule, Readonly<Record<AbsentClassRule, number | null>>>
  >;
  readonly pixelAccuracy: number | null;
  readonly coverage: number;
  readonly perClass: readonly ClassIou[];
  readonly confusion: ConfusionCounts;
  readonly perImage: readonly ImageCounts[];
}

/** Labels 0…254: whatever a file may hold before its classes are known. */
const ALL_LABELS = 255;
const MERGE_EVERY = 16;

async function masksIn(folder: string): Promise<Map<string, string>> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new DatasetError(`${folder}: expected a folder of masks, got none. Check the path.`, {
      cause,
    });
  });
  const masks = names.filter((name) => extname(name).toLowerCase() === ".png").toSorted();
  if (masks.length > 0) return new Map(masks.map((name) => [basename(name, extname(name)), name]));
  throw new DatasetError(`${folder}: expected PNG masks, found none. Check the path.`);
}

/** Keeps labels 0…last of a matrix over all possible ids. */
function trim({ labels, matrix, predictedIgnore }: ConfusionCounts): ConfusionCounts {
  const seen = (label: number): boolean => {
    for (let other = 0; other < labels; other += 1) {
      if (matrix[label * labels + other]! > 0 || matrix[other * labels + label]! > 0) return true;
    }
    return predictedIgnore[label]! > 0;
  };
  let last = labels - 1;
  while (last > 1 && !seen(last)) last -= 1;
  const kept = last + 1;
  const rows = Array.from({ length: kept }, (_, row) =>
    matrix.slice(row * labels, row * labels + kept),
  );
  return { labels: kept, matrix: rows.flat(), predictedIgnore: predictedIgnore.slice(0, kept) };
}

/**
 * Scores a folder of masks against a folder of ground truth, file by file name.
 *
 * @throws {DatasetError} where a prediction is missing, listing the first few
 */
export async function evaluateFolder({
  predictions,
  truth,
  classes = null,
  onProgress,
  signal,
}: EvaluateFolderOptions): Promise<FolderEvaluation> {
  const truths = await masksIn(truth);
  const predicted = await masksIn(predictions);
  const missing = [...truths.keys()].filter((id) => !predicted.has(id));
  if (missing.length > 0) {
    throw new DatasetError(
      `${predictions}: expected a mask for each of ${truths.size} ground truth images, ${missing.length} are missing: ${missing.slice(0, 5).join(", ")}${missing.length > 5 ? ", …" : ""}. Predict them too, or remove their ground truth.`,
    );
  }
  const labels = classes === null ? ALL_LABELS : classes.length + 1;
  const parts: ConfusionCounts[] = [];
  const perImage: ImageCounts[] = [];
  for (const [id, file] of truths) {
    if (signal) stopIfCancelled(signal, "evaluate");
    const expected = await readLabelFile(join(truth, file));
    const got = await readLabelFile(join(predictions, predicted.get(id)!));
    const counts = countConfusion(expected, got, { labels, image: id });
    perImage.push(imageCounts(id, counts, "excluded"));
    parts.push(counts);
    if (parts.length >= MERGE_EVERY) {
      parts.splice(0, parts.length, mergeConfusions(parts, { labels }));
    }
    onProgress?.(perImage.length, truths.size);
  }
  const all = mergeConfusions(parts, { labels });
  const confusion = classes === null ? trim(all) : all;
  const means = (rule: PredictedIgnoreRule) =>
    Object.fromEntries(
      ABSENT_CLASS_RULES.map((absent) => [absent, meanIou(confusion, absent, rule)]),
    );
  return {
    images: perImage.length,
    classes,
    meanIou: Object.fromEntries(
      PREDICTED_IGNORE_RULES.map((rule) => [rule, means(rule)]),
    ) as FolderEvaluation["meanIou"],
    pixelAccuracy: pixelAccuracy(confusion),
    coverage: coverage(confusion),
    perClass: classIous(confusion),
    confusion,
    perImage,
  };
}
