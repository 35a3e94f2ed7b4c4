import { type ClassifierHealth, ShapeError } from "../contract/index.ts";
import { meanAveragePrecision } from "./average-precision.ts";

/** Bins of the scatter along either axis. */
export const SCATTER_BINS = 20;

export interface HealthInput {
  /** [N, C]  any real, row-major. */
  readonly logits: Float32Array;
  /** [N, C]  ≥ 0: mean of the rectified class map. */
  readonly mass: Float32Array;
  /** [N, C]  0 or 1. */
  readonly imageLabels: Uint8Array;
  readonly classes: number;
}

const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));
const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

interface Point {
  readonly probability: number;
  readonly mass: number;
  readonly present: boolean;
}

function classFigures(points: readonly Point[], averagePrecision: number | null) {
  const side = (present: boolean) => {
    const own = points.filter((point) => point.present === present);
    return {
      images: own.length,
      probability: mean(own.map(({ probability }) => probability)),
      mass: mean(own.map((point) => point.mass)),
    };
  };
  const said = points.filter(({ probability }) => probability > 0.5);
  const hits = said.filter(({ present }) => present).length;
  const positives = points.filter(({ present }) => present).length;
  return {
    averagePrecision,
    precision: ratio(hits, said.length),
    recall: ratio(hits, positives),
    f1: positives === 0 ? null : ratio(2 * hits, said.length + positives),
    present: side(true),
    absent: side(false),
  };
}

function scatterOf(points: readonly Point[]): ClassifierHealth["scatter"] {
  const bins = SCATTER_BINS;
  const most = points.reduce((largest, { mass }) => Math.max(largest, mass), 0);
  const empty = (): number[] => Array.from({ length: bins * bins }, () => 0);
  const scatter = { bins, most, present: empty(), absent: empty() };
  const bin = (share: number): number => Math.min(bins - 1, Math.floor(share * bins));
  for (const { probability, mass, present } of points) {
    const at = bin(probability) * bins + (most === 0 ? 0 : bin(mass / most));
    (present ? scatter.present : scatter.absent)[at]! += 1;
  }
  return scatter;
}

/**
 * How well a classifier knows each class, and how much CAM lies on classes that are not there.
 *
 * logits, mass, imageLabels  [N, C]
 * returns  one entry a class: average precision, F1 at probability 0.5, means over images with the
 *          class and without; all images and classes in bins of probability and mass
 *
 * Empty case: no images give null for every figure.
 * @throws {ShapeError} when the three differ in length or are no whole rows
 * @see Everingham et al. 2015, section 3.1 (average precision); Zhou et al. 2016, equation 2 (mass)
 */
export function classifierHealth({
  logits,
  mass,
  imageLabels,
  classes,
}: HealthInput): Omit<ClassifierHealth, "kind" | "stage" | "split"> {
  const images = logits.length / classes;
  if (!Number.isInteger(images) || [mass, imageLabels].some((o) => o.length !== logits.length)) {
    throw new ShapeError(
      `classifier: expected three arrays of whole rows of ${classes}, ` +
        `got ${logits.length}, ${mass.length} and ${imageLabels.length}.`,
    );
  }
  const points = Array.from(logits, (logit, at): Point => ({
    probability: sigmoid(logit),
    mass: mass[at]!,
    present: imageLabels[at]! > 0,
  }));
  const total = (of: readonly Point[]): number => of.reduce((sum, point) => sum + point.mass, 0);
  const precisions = meanAveragePrecision({ scores: logits, imageLabels, classes });
  return {
    images,
    meanAveragePrecision: precisions.mean,
    classes: precisions.perClass.map((averagePrecision, index) =>
      classFigures(
        points.filter((_, at) => at % classes === index),
        averagePrecision,
      ),
    ),
    absentMass: ratio(total(points.filter(({ present }) => !present)), total(points)),
    scatter: scatterOf(points),
  };
}
