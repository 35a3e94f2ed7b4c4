import type { ArtifactKind, RunConfig, StageName } from "../contract/index.ts";
import { memory } from "./memory.ts";
import { recordOf } from "./seed-record.ts";
import type { Stage } from "./stage-facts.ts";
import { trainedSeedSettings } from "./trained-seed-settings.ts";

const splits = ({ trainSplit, evaluationSplit }: RunConfig) => ({ trainSplit, evaluationSplit });
const fromLabels = ({ supervision }: RunConfig): boolean => supervision === "image-labels";

/** What pseudo masks are made of, by refinement. */
const MASK_SOURCES = {
  none: ["seed-scores", "seed"],
  "dense-crf": ["refined-scores", "refined-seed"],
  affinity: ["seed-scores", "seed", "affinity-checkpoint"],
  irn: ["seed-scores", "seed", "affinity-checkpoint"],
  imported: ["refined-scores", "refined-seed"],
} as const satisfies Readonly<Record<RunConfig["refinement"]["kind"], readonly ArtifactKind[]>>;

/** A network can be walked with in many ways without being trained anew. */
function withoutWalk({ refinement }: RunConfig): unknown {
  if (refinement.kind !== "affinity" && refinement.kind !== "irn") return refinement;
  const { walk: _, ...trained } = refinement;
  return trained;
}

/** Undefined where nothing walks, so that other runs' results stay valid. */
function walkSettings({ refinement, backbone }: RunConfig): unknown {
  switch (refinement.kind) {
    case "affinity": {
      const { walk, radius, borders, finestTap } = refinement;
      return { walk, radius, borders, finestTap, backbone };
    }
    case "irn":
      return { kind: refinement.kind, walk: refinement.walk, backbone };
    case "none":
    case "dense-crf":
    case "imported":
      return undefined;
  }
}

/**
 * The whole system: what each stage reads, writes and depends on. Which of them a run needs, and in
 * which order, is `plannedStages` of the contract; what each does is in stage-runs.ts, so that whoever
 * only plans loads no tensor.
 */
export const PIPELINE: readonly Stage[] = [
  {
    name: "train-classifier",
    codeVersion: 4,
    reads: () => [],
    writes: (config) => ["classifier-checkpoint", ...recordOf(config)],
    dependsOn: (config) => ({
      ...splits(config),
      seed: config.seed,
      backbone: config.backbone,
      classifier: config.classifier,
      seeds: trainedSeedSettings(config),
    }),
    memory: memory.trainClassifier,
  },
  {
    name: "make-seeds",
    codeVersion: 2,
    reads: ({ seeds }) => (seeds.method === "imported" ? [] : ["classifier-checkpoint"]),
    writes: () => ["seed-scores", "seed"],
    dependsOn: (config) => ({
      ...splits(config),
      seed: config.seed,
      backbone: config.backbone,
      seeds: config.seeds,
    }),
    memory: memory.makeSeeds,
  },
  {
    name: "refine-seeds",
    codeVersion: 2,
    reads: ({ refinement }) => (refinement.kind === "imported" ? [] : ["seed-scores", "seed"]),
    writes: () => ["refined-scores", "refined-seed"],
    dependsOn: (config) => ({ ...splits(config), refinement: config.refinement }),
    memory: memory.refineSeeds,
  },
  {
    name: "train-affinity",
    codeVersion: 2,
    reads: ({ refinement }) =>
      "training" in refinement && refinement.training.initialise === "classifier"
        ? ["seed-scores", "classifier-checkpoint"]
        : ["seed-scores"],
    writes: () => ["affinity-checkpoint"],
    dependsOn: (config) => ({
      ...splits(config),
      seed: config.seed,
      backbone: config.backbone,
      refinement: withoutWalk(config),
    }),
    memory: memory.trainAffinity,
  },
  {
    name: "make-pseudo-masks",
    codeVersion: 4,
    reads: ({ refinement, pseudoMasks }) =>
      pseudoMasks.policy === "imported" ? [] : MASK_SOURCES[refinement.kind],
    writes: ({ refinement, pseudoMasks }) =>
      refinement.kind === "affinity" && pseudoMasks.policy !== "imported"
        ? ["pseudo-mask", "affinity-planes"]
        : ["pseudo-mask"],
    dependsOn: (config) => ({
      ...splits(config),
      pseudoMasks: config.pseudoMasks,
      walk: walkSettings(config),
    }),
    memory: memory.makePseudoMasks,
  },
  {
    name: "train-segmenter",
    codeVersion: 2,
    reads: (config) => [
      ...(fromLabels(config) ? (["pseudo-mask"] as const) : []),
      ...(config.segmenter.initialise === "classifier" ? (["classifier-checkpoint"] as const) : []),
    ],
    writes: () => ["segmenter-checkpoint"],
    dependsOn: (config) => ({
      ...splits(config),
      seed: config.seed,
      supervision: config.supervision,
      backbone: config.backbone,
      segmenter: config.segmenter,
    }),
    memory: memory.trainSegmenter,
  },
  {
    name: "predict",
    codeVersion: 1,
    reads: () => ["segmenter-checkpoint"],
    writes: () => ["prediction"],
    dependsOn: (config) => ({
      ...splits(config),
      backbone: config.backbone,
      head: [config.segmenter.head, config.segmenter.headChannels],
      fusedScales: config.segmenter.fusedScales,
      prediction: config.prediction,
    }),
    memory: memory.predict,
  },
  {
    name: "evaluate",
    codeVersion: 2,
    reads: (config) => ["prediction", ...(fromLabels(config) ? (["pseudo-mask"] as const) : [])],
    writes: () => [],
    dependsOn: (config) => ({
      ...splits(config),
      supervision: config.supervision,
      prediction: config.prediction,
    }),
    memory: memory.perImage,
  },
];

export function stageNamed(name: StageName): Stage {
  const stage = PIPELINE.find((each) => each.name === name);
  if (stage === undefined) throw new Error(`stage ${name} is not part of the pipeline`);
  return stage;
}
