import type { RunConfig, StageName } from "../contract/index.ts";
import { memory } from "./memory.ts";
import { trainedSeedSettings } from "./methods.ts";
import type { Stage } from "./stage.ts";
import { evaluate } from "./stages/evaluate.ts";
import { makePseudoMasks } from "./stages/make-pseudo-masks.ts";
import { makeSeeds } from "./stages/make-seeds.ts";
import { predict } from "./stages/predict.ts";
import { refineSeeds } from "./stages/refine-seeds.ts";
import { trainClassifier } from "./stages/train-classifier.ts";
import { trainSegmenter } from "./stages/train-segmenter.ts";

const splits = ({ trainSplit, evaluationSplit }: RunConfig) => ({ trainSplit, evaluationSplit });
const fromLabels = ({ supervision }: RunConfig): boolean => supervision === "image-labels";

/**
 * The whole system: what each stage reads, writes and depends on. Which of them a run needs, and in
 * which order, is `plannedStages` of the contract.
 */
export const PIPELINE: readonly Stage[] = [
  {
    name: "train-classifier",
    codeVersion: 1,
    reads: () => [],
    writes: ["classifier-checkpoint"],
    dependsOn: (config) => ({
      ...splits(config),
      seed: config.seed,
      backbone: config.backbone,
      classifier: config.classifier,
      seeds: trainedSeedSettings(config),
    }),
    memory: memory.trainClassifier,
    run: trainClassifier,
  },
  {
    name: "make-seeds",
    codeVersion: 1,
    reads: () => ["classifier-checkpoint"],
    writes: ["seed-scores", "seed"],
    dependsOn: (config) => ({
      ...splits(config),
      seed: config.seed,
      backbone: config.backbone,
      seeds: config.seeds,
    }),
    memory: memory.makeSeeds,
    run: makeSeeds,
  },
  {
    name: "refine-seeds",
    codeVersion: 1,
    reads: () => ["seed-scores"],
    writes: ["refined-scores", "refined-seed"],
    dependsOn: (config) => ({ ...splits(config), refinement: config.refinement }),
    memory: memory.refineSeeds,
    run: refineSeeds,
  },
  {
    name: "make-pseudo-masks",
    codeVersion: 1,
    reads: ({ refinement }) =>
      refinement.kind === "none" ? ["seed-scores", "seed"] : ["refined-scores", "refined-seed"],
    writes: ["pseudo-mask"],
    dependsOn: (config) => ({ ...splits(config), pseudoMasks: config.pseudoMasks }),
    memory: memory.perImage,
    run: makePseudoMasks,
  },
  {
    name: "train-segmenter",
    codeVersion: 1,
    reads: (config) => [
      ...(fromLabels(config) ? (["pseudo-mask"] as const) : []),
      ...(config.segmenter.initialise === "classifier" ? (["classifier-checkpoint"] as const) : []),
    ],
    writes: ["segmenter-checkpoint"],
    dependsOn: (config) => ({
      ...splits(config),
      seed: config.seed,
      supervision: config.supervision,
      backbone: config.backbone,
      segmenter: config.segmenter,
    }),
    memory: memory.trainSegmenter,
    run: trainSegmenter,
  },
  {
    name: "predict",
    codeVersion: 1,
    reads: () => ["segmenter-checkpoint"],
    writes: ["prediction"],
    dependsOn: (config) => ({
      ...splits(config),
      backbone: config.backbone,
      head: [config.segmenter.head, config.segmenter.headChannels],
      prediction: config.prediction,
    }),
    memory: memory.predict,
    run: predict,
  },
  {
    name: "evaluate",
    codeVersion: 1,
    reads: () => ["prediction"],
    writes: [],
    dependsOn: (config) => ({
      ...splits(config),
      supervision: config.supervision,
      prediction: config.prediction,
    }),
    memory: memory.perImage,
    run: evaluate,
  },
];

export function stageNamed(name: StageName): Stage {
  const stage = PIPELINE.find((each) => each.name === name);
  if (stage === undefined) throw new Error(`stage ${name} is not part of the pipeline`);
  return stage;
}
