import type { StageName } from "../contract/index.ts";
import type { StageRun } from "./stage.ts";
import { evaluate } from "./stages/evaluate.ts";
import { makePseudoMasks } from "./stages/make-pseudo-masks.ts";
import { makeSeeds } from "./stages/make-seeds.ts";
import { predict } from "./stages/predict.ts";
import { refineSeeds } from "./stages/refine-seeds.ts";
import { trainAffinity } from "./stages/train-affinity.ts";
import { trainClassifier } from "./stages/train-classifier.ts";
import { trainSegmenter } from "./stages/train-segmenter.ts";

/** What each stage does; what it reads, writes and depends on is in stages.ts. */
export const STAGE_RUNS: Readonly<Record<StageName, StageRun>> = {
  "train-classifier": trainClassifier,
  "make-seeds": makeSeeds,
  "refine-seeds": refineSeeds,
  "train-affinity": trainAffinity,
  "make-pseudo-masks": makePseudoMasks,
  "train-segmenter": trainSegmenter,
  predict,
  evaluate,
};
