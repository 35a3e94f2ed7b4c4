import { affinityLabels } from "../affinity/affinity-labels.ts";
import { affinityPlanes } from "../affinity/affinity-planes.ts";
import type { PairBorders } from "../affinity/pixel-pairs.ts";
import { randomWalk, type RandomWalkOptions } from "../affinity/random-walk.ts";
import { poolToGrid } from "../affinity/walk-grid.ts";
import { backgroundScores } from "../cam/background.ts";
import {
  type AffinityPlanes,
  bytesOfUnit,
  type DenseCrfConfig,
  type RgbImage,
  type ScoreMaps,
  transition,
} from "../contract/index.ts";
import { refineScores, refineScoresWith, withDenseCrf } from "../crf/refine.ts";
import { encodeLabels } from "../data/label-file.ts";
import { cropPlanes } from "../score-maps/crop.ts";
import { argmaxLabels, type LabelScores, stackBackground } from "../score-maps/label-scores.ts";
import { resizePlanes, resizeScores } from "../score-maps/resize.ts";
import { encodeSafetensors } from "../tensor/safetensors.ts";
import { ignoreUnsure } from "./ignore-unsure.ts";

/** Scores at the image's size with a background of power alpha, [C' + 1, H, W]. */
function withPowerBackground(
  { height, width }: RgbImage,
  scores: ScoreMaps,
  alpha: number,
): LabelScores {
  const full = resizeScores(scores, { height, width, grid: "half-pixel" });
  return stackBackground(backgroundScores(full, { rule: "power", alpha }), full);
}

export interface AffinityLabelInput {
  readonly image: RgbImage;
  readonly scores: ScoreMaps;
  readonly alphaLow: number;
  readonly alphaHigh: number;
  readonly crf: DenseCrfConfig;
  /** Image pixels a feature. */
  readonly stride: number;
}

/** Confident labels on the feature grid, as file bytes: two CRFs through one lattice. */
export async function affinityLabel(input: AffinityLabelInput): Promise<{ mask: Uint8Array }> {
  const { image, scores, stride } = input;
  const low = withPowerBackground(image, scores, input.alphaLow);
  const high = withPowerBackground(image, scores, input.alphaHigh);
  const [sure, weak] =
    scores.classes.length === 0
      ? [low, high]
      : withDenseCrf(image, input.crf, (crf) => refineScoresWith(crf, [low, high]));
  return { mask: await encodeLabels(affinityLabels(sure!, weak!, { stride })) };
}

export interface WalkInput {
  readonly image: RgbImage;
  readonly scores: ScoreMaps;
  /** [D, h, w] of the image, filled up to whole features. */
  readonly features: {
    readonly height: number;
    readonly width: number;
    readonly data: Float32Array;
  };
  readonly stride: number;
  readonly radius: number;
  readonly borders: PairBorders;
  readonly alpha: number;
  readonly beta: number;
  readonly walk: RandomWalkOptions;
  readonly crf: DenseCrfConfig | null;
  /** Pixels whose best label is less probable are ignored; null labels all. */
  readonly minimumProbability: number | null;
  /** Whether affinities and scores before the walk are wanted too. */
  readonly keepPlanes: boolean;
}

type WalkedFields = Omit<WalkInput, "crf" | "minimumProbability" | "keepPlanes">;

/** What walks, and along which ties. */
interface WalkGround {
  readonly pooled: LabelScores;
  readonly planes: AffinityPlanes;
}

function walkGround(input: WalkedFields): WalkGround {
  const { image, features, stride, radius, borders } = input;
  const stack = withPowerBackground(image, input.scores, input.alpha);
  const pooled = poolToGrid(stack, { stride });
  const planes = affinityPlanes(features.data, { ...features, radiusInFeatures: radius, borders });
  return { pooled, planes };
}

/** File bytes of one image of the probe set. @see contract/artifact.ts, affinity-planes */
function encodePlanes({ pooled, planes }: WalkGround): Uint8Array {
  const { height, width, offsets, data } = planes;
  const { classes } = pooled;
  const scores = [classes.length + 1, height, width];
  return encodeSafetensors(
    new Map([
      ["scores", { dtype: "F32" as const, shape: scores, data: pooled.data }],
      ["classes", { dtype: "I32" as const, shape: [classes.length], data: classes }],
      [
        "affinity",
        { dtype: "U8" as const, shape: [offsets.length, height, width], data: bytesOfUnit(data) },
      ],
    ] as const),
  );
}

/** Scores that have walked along affinities, at the image's size. */
export function walkScores(
  input: WalkedFields,
  { pooled, planes }: WalkGround = walkGround(input),
): LabelScores {
  const { image, stride } = input;
  const walked = randomWalk(pooled.data, transition(planes, { power: input.beta }), input.walk);
  const padded = { height: pooled.height * stride, width: pooled.width * stride };
  const enlarged = resizePlanes(
    walked,
    { height: pooled.height, width: pooled.width, planes: pooled.classes.length + 1 },
    { ...padded, grid: "half-pixel" },
  );
  const { height, width } = image;
  return { height, width, classes: pooled.classes, data: cropPlanes(enlarged, padded, image) };
}

/** Seeds of one image, walked and cut into a pseudo mask, as file bytes. */
export async function walkSeed(
  input: WalkInput,
): Promise<{ mask: Uint8Array; planes: Uint8Array | null }> {
  const { image, crf, minimumProbability, keepPlanes } = input;
  const ground = walkGround(input);
  const walked = walkScores(input, ground);
  const scores = crf === null ? walked : refineScores(image, walked, crf);
  const mask = argmaxLabels(scores);
  const kept = minimumProbability === null ? mask : ignoreUnsure(mask, scores, minimumProbability);
  return { mask: await encodeLabels(kept), planes: keepPlanes ? encodePlanes(ground) : null };
}
