import { randomWalk, type RandomWalkOptions } from "../affinity/random-walk.ts";
import { backgroundScores } from "../cam/background.ts";
import { normaliseGlobally } from "../cam/normalise.ts";
import { seedFromScores } from "../cam/seed.ts";
import {
  type DenseCrfConfig,
  type LabelMap,
  pixelOffsets,
  type RgbImage,
  type ScoreMaps,
  transition,
} from "../contract/index.ts";
import { refineLabels, refineScores, withDenseCrf } from "../crf/refine.ts";
import { encodeLabels } from "../data/label-file.ts";
import { confidentSeed } from "../irn/confident-seed.ts";
import { IRN_STRIDE } from "../irn/irn-net.ts";
import { pathAffinity, withoutBoundary } from "../irn/path-affinity.ts";
import { cropPlanes } from "../score-maps/crop.ts";
import { argmaxLabels, stackBackground } from "../score-maps/label-scores.ts";
import { resizeScores } from "../score-maps/resize.ts";
import { ignoreUnsure } from "./ignore-unsure.ts";

export interface ConfidentLabelInput {
  readonly image: RgbImage;
  readonly scores: ScoreMaps;
  /** Foreground above it is sure, background below the other is. */
  readonly strictThreshold: number;
  readonly lenientThreshold: number;
  readonly certainty: number;
  readonly crf: DenseCrfConfig;
}

export interface ConfidentLabels {
  /** Refined seeds of either threshold. */
  readonly strict: LabelMap;
  readonly lenient: LabelMap;
  /** What both support; 255 elsewhere. */
  readonly confident: LabelMap;
}

/** Labels that two CRFs of one lattice are sure of, at the image's size. @see irn step/cam_to_ir_label.py */
export function confidentLabels(input: ConfidentLabelInput): ConfidentLabels {
  const { image, certainty, crf } = input;
  const { height, width } = image;
  const full = resizeScores(input.scores, { height, width, grid: "half-pixel" });
  const { classes } = full;
  if (classes.length === 0) {
    const background = { height, width, data: new Uint8Array(height * width) };
    return { strict: background, lenient: background, confident: background };
  }
  return withDenseCrf(image, crf, (dense) => {
    const [strict, lenient] = [input.strictThreshold, input.lenientThreshold].map((threshold) =>
      refineLabels(dense, seedFromScores(full, { rule: "constant", threshold }), {
        classes,
        certainty,
      }),
    );
    return {
      strict: strict!,
      lenient: lenient!,
      confident: confidentSeed(strict!, lenient!),
    };
  });
}

/** The same as file bytes. */
export async function confidentLabel(input: ConfidentLabelInput): Promise<{ mask: Uint8Array }> {
  return { mask: await encodeLabels(confidentLabels(input).confident) };
}

export interface BoundaryWalkInput {
  /** [C', h, w] of the boundary's grid. */
  readonly scores: ScoreMaps;
  /** [h, w] 0…1 at stride 4. */
  readonly boundary: Float32Array;
  /** Of the image, pixels. */
  readonly size: { readonly height: number; readonly width: number };
  readonly radius: number;
  readonly beta: number;
  readonly walk: RandomWalkOptions;
}

/** Scores that have walked where no boundary parts pixels: on the grid, and at the image's size. */
export function walkWithinBoundaries(input: BoundaryWalkInput): {
  readonly walked: Float32Array;
  readonly scores: ScoreMaps;
} {
  const { scores, boundary, size, radius, beta } = input;
  const { height, width } = scores;
  const offsets = pixelOffsets(radius);
  const planes = pathAffinity(boundary, { height, width, offsets });
  const step = transition({ height, width, offsets, data: planes }, { power: beta });
  const walked = randomWalk(withoutBoundary(scores.data, boundary), step, input.walk);
  const padded = { height: height * IRN_STRIDE, width: width * IRN_STRIDE };
  const enlarged = resizeScores({ ...scores, data: walked }, { ...padded, grid: "half-pixel" });
  const data = cropPlanes(enlarged.data, padded, size);
  return { walked, scores: { ...size, classes: scores.classes, data } };
}

export interface IrnWalkInput extends Omit<BoundaryWalkInput, "size"> {
  readonly image: RgbImage;
  /** Share of the image's highest score that is background. */
  readonly threshold: number;
  readonly crf: DenseCrfConfig | null;
  /** Pixels whose best label is less probable are ignored; null labels all. */
  readonly minimumProbability: number | null;
}

/** Seeds of one image, walked and cut into a pseudo mask, as file bytes. @see irn step/make_sem_seg_labels.py */
export async function irnWalkSeed(input: IrnWalkInput): Promise<{ mask: Uint8Array }> {
  const { image, threshold, crf, minimumProbability } = input;
  const { height, width } = image;
  const scores = normaliseGlobally(
    walkWithinBoundaries({ ...input, size: { height, width } }).scores,
  );
  const stack = stackBackground(backgroundScores(scores, { rule: "constant", threshold }), scores);
  const refined = crf === null ? stack : refineScores(image, stack, crf);
  const mask = argmaxLabels(refined);
  const kept = minimumProbability === null ? mask : ignoreUnsure(mask, refined, minimumProbability);
  return { mask: await encodeLabels(kept) };
}
