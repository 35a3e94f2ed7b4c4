import type { RunConfig, StageName } from "../contract/index.ts";
import { canonicalJson } from "./canonical-json.ts";

/** What a run is given to work on. */
export interface WorkSize {
  /** Images of the training split. */
  readonly train: number;
  /** Images of both splits, none twice. */
  readonly all: number;
  /** Mean pixels of an image. */
  readonly pixels: number;
}

/** How much a stage has to do. Two stages whose `like` is equal take about as long for each unit. */
export interface StageWork {
  /** Passes over an image: epochs, or views at scale 1, or megapixels where the image keeps its size. */
  readonly amount: number;
  /** All that the time of one unit depends on, as canonical JSON. */
  readonly like: string;
}

/** Views of one image, each counted by its area at scale 1. */
const viewsOf = ({ scales, flip }: { scales: readonly number[]; flip: boolean }): number =>
  scales.reduce((sum, scale) => sum + scale ** 2, 0) * (flip ? 2 : 1);
const megapixels = ({ all, pixels }: WorkSize): number => (all * pixels) / 1e6;
interface Training {
  readonly cropSize: number;
  readonly batchSize: number;
  readonly accumulationSteps: number;
}
/** What is usual is left out, so that times of runs from before there was a choice still count. */
const stepOf = ({ cropSize, batchSize, accumulationSteps: parts }: Training) => ({
  cropSize,
  batchSize,
  ...(parts > 1 ? { parts } : {}),
});
const backboneOf = ({ backbone: { name, outputStride } }: RunConfig) => ({ name, outputStride });
const headOf = ({ segmenter: { head, headChannels, fusedScales } }: RunConfig) => ({
  head,
  headChannels,
  ...(fusedScales.length > 0 ? { fusedScales } : {}),
});
const integralOf = ({ seeds }: RunConfig) => (seeds.method === "oaa" ? seeds.integralModel : null);

interface Work {
  readonly amount: number;
  readonly like: unknown;
}

function classifierWork(config: RunConfig, { train }: WorkSize): Work {
  const { classifier, seeds } = config;
  const integral = integralOf(config);
  return {
    amount: train * (classifier.frozenBackbone ? 1 : classifier.epochs + (integral?.epochs ?? 0)),
    like: {
      backbone: backboneOf(config),
      frozen: classifier.frozenBackbone,
      method: seeds.method,
      step: stepOf(classifier),
      integral: integral && stepOf(integral),
    },
  };
}

function seedWork(config: RunConfig, size: WorkSize): Work {
  const { seeds } = config;
  if (seeds.method === "imported") return { amount: megapixels(size), like: seeds.method };
  return {
    amount: size.all * viewsOf(seeds),
    like: {
      backbone: backboneOf(config),
      method: seeds.method,
      imageSize: seeds.imageSize,
      integral: integralOf(config) !== null,
    },
  };
}

function pseudoMaskWork(config: RunConfig, size: WorkSize): Work {
  const { refinement } = config;
  const amount = megapixels(size);
  if (!("walk" in refinement)) return { amount, like: null };
  const { method, logSteps, crf } = refinement.walk;
  return {
    amount,
    like: {
      kind: refinement.kind,
      backbone: backboneOf(config),
      radius: refinement.kind === "irn" ? refinement.walk.radius : refinement.radius,
      method,
      logSteps,
      crf: crf?.iterations,
    },
  };
}

function affinityWork(config: RunConfig, { train }: WorkSize): Work {
  const { refinement } = config;
  if (!("training" in refinement)) return { amount: 0, like: null };
  const { kind, training, crf } = refinement;
  return {
    amount: train * training.epochs,
    like: {
      kind,
      backbone: backboneOf(config),
      step: stepOf(training),
      radius: refinement.kind === "irn" ? refinement.training.radius : refinement.radius,
      crf: crf.iterations,
      // Labels are made once for each image, so their share falls with the epochs.
      epochs: training.epochs,
    },
  };
}

const WORK: Readonly<Record<StageName, (config: RunConfig, size: WorkSize) => Work>> = {
  "train-classifier": classifierWork,
  "make-seeds": seedWork,
  "refine-seeds": ({ refinement }, size) => ({
    amount: megapixels(size),
    like: refinement.kind === "dense-crf" ? refinement.crf.iterations : null,
  }),
  "train-affinity": affinityWork,
  "make-pseudo-masks": pseudoMaskWork,
  "train-segmenter": (config, { train }) => ({
    amount: train * config.segmenter.epochs,
    like: { backbone: backboneOf(config), head: headOf(config), step: stepOf(config.segmenter) },
  }),
  predict: (config, { all }) => ({
    amount: all * viewsOf(config.prediction),
    like: {
      backbone: backboneOf(config),
      head: headOf(config),
      imageSize: config.prediction.imageSize,
      crf: config.prediction.crf?.iterations,
    },
  }),
  evaluate: (_, size) => ({ amount: megapixels(size), like: null }),
};

/** What a stage of a config has to do on so many images: the measure by which times are foretold. */
export function stageWork(stage: StageName, config: RunConfig, size: WorkSize): StageWork {
  const { amount, like } = WORK[stage](config, size);
  return { amount, like: canonicalJson(like) };
}
