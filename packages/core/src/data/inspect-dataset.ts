import type { ValidationReport } from "../contract/index.ts";
import { CancelledError } from "../contract/index.ts";
import type { Findings } from "./findings.ts";
import { inspectImage } from "./inspect-image.ts";
import type { InspectedImage } from "./inspect-image.ts";
import { mapBounded } from "./map-bounded.ts";
import type { RawDataset } from "./raw-dataset.ts";

export interface WorkOptions {
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** Images decoded at the same time; each may take 3 × MAX_IMAGE_PIXELS bytes. */
const IMAGES_AT_ONCE = 4;

/** Same picture twice: across splits the score of the one is no evidence, within one it is only odd. */
class DuplicateCheck {
  private readonly seen = new Map<string, { id: string; split: string }>();

  add({ sha256, source: { id, split, file } }: InspectedImage, findings: Findings): void {
    const earlier = this.seen.get(sha256);
    if (earlier === undefined) this.seen.set(sha256, { id, split });
    else if (earlier.split === split) {
      findings.add("info", "duplicate-image", `the same picture as "${earlier.id}"`, { file });
    } else {
      const message = `the same picture as "${earlier.id}" of ${earlier.split}, this one is in ${split}: scores on one will flatter`;
      findings.add("warning", "leak", message, { file });
    }
  }
}

/** Sums over images that a report shows. */
class ClassCounts {
  private readonly coOccurrence: number[];
  private readonly splits: Record<string, number> = {};
  images = 0;
  private readonly classes: number;

  constructor(classes: number) {
    this.classes = classes;
    this.coOccurrence = Array.from({ length: classes * classes }, () => 0);
  }

  add({ labels, source: { split } }: InspectedImage): void {
    this.images += 1;
    this.splits[split] = (this.splits[split] ?? 0) + 1;
    for (const a of labels) for (const b of labels) this.coOccurrence[a * this.classes + b]! += 1;
  }

  report(findings: Findings): ValidationReport {
    const { classes, coOccurrence, splits, images } = this;
    return {
      ok: findings.errors === 0,
      images,
      findings: findings.all(),
      imagesPerClass: Array.from({ length: classes }, (_, c) => coOccurrence[c * classes + c]!),
      coOccurrence,
      splits,
    };
  }
}

function checkClasses(raw: RawDataset, perClass: readonly number[]): void {
  raw.classes.forEach((name, index) => {
    if (perClass[index] === 0) {
      raw.findings.add("warning", "class-unused", `no image is labelled "${name}"`);
    }
  });
}

/**
 * Decodes and checks every image of a dataset, a few at a time, and hands each usable one to `accept`.
 * Findings of the importer come first in the report.
 *
 * Empty case: a dataset without images is an error of its own.
 * @throws {CancelledError} once `signal` aborts
 */
export async function inspectDataset(
  raw: RawDataset,
  accept: (image: InspectedImage) => Promise<void>,
  { onProgress, signal }: WorkOptions = {},
): Promise<ValidationReport> {
  const { findings, images, classes } = raw;
  if (images.length === 0) {
    findings.add("error", "empty", "there is no image to import", { file: raw.root });
  }
  const duplicates = new DuplicateCheck();
  const counts = new ClassCounts(classes.length);
  const stopIfCancelled = () => {
    if (signal?.aborted === true) throw new CancelledError(`import of ${raw.root}: cancelled`);
  };
  const inspect = async (source: RawDataset["images"][number]) => {
    stopIfCancelled();
    const inspected = await inspectImage(source, classes, findings);
    if (inspected !== null) await accept(inspected);
    return inspected;
  };
  let done = 0;
  for await (const inspected of mapBounded(images, IMAGES_AT_ONCE, inspect)) {
    done += 1;
    onProgress?.(done, images.length);
    stopIfCancelled();
    if (inspected === null) continue;
    duplicates.add(inspected, findings);
    counts.add(inspected);
  }
  checkClasses(raw, counts.report(findings).imagesPerClass);
  return counts.report(findings);
}
