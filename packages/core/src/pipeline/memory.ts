import { availableParallelism, totalmem } from "node:os";
import { readFileSync } from "node:fs";
import { MemoryEstimateError, type RunConfig, type SeedMethodName } from "../contract/index.ts";
import type { MemoryQuestion, Stage } from "./stage-facts.ts";

type Backbone = RunConfig["backbone"]["name"];

/** Bytes a training step holds for each pixel of its batch: activations and their gradients. */
const TRAINING_BYTES: Readonly<Record<Backbone, number>> = {
  tiny: 1500,
  "mobilenet-v2": 1500,
  "resnet-50": 4000,
  "resnet-101": 6000,
  "wide-resnet-38": 10_000,
  "vgg-16": 4000,
  "vgg-16-oaa": 4000,
};
/** SEAM's second view and its maps at image size come on top. */
const BRANCHES: Readonly<Record<SeedMethodName, number>> = { cam: 1, oaa: 1, seam: 2, imported: 1 };
/** Bytes a forward pass holds for each pixel: the two widest neighbouring layers. */
const FORWARD_BYTES: Readonly<Record<Backbone, number>> = {
  tiny: 300,
  "mobilenet-v2": 300,
  "resnet-50": 600,
  "resnet-101": 600,
  "wide-resnet-38": 1000,
  "vgg-16": 600,
  "vgg-16-oaa": 600,
};
/** Bytes IRNet's pairs hold for each pixel of a batch and cube of the radius: boundaries along all paths. */
const PATH_BYTES = 2;
/** Bytes the dense CRF holds for each pixel of an image: lattices, weights and messages. */
const CRF_BYTES = 400;
/** Bytes a decoded image and its maps need for each pixel. */
const IMAGE_BYTES = 64;

interface Training {
  readonly batchSize: number;
  readonly accumulationSteps: number;
  readonly cropSize: number;
}
/** Pixels that go through a network at once. */
const crop = ({ batchSize, accumulationSteps, cropSize }: Training): number =>
  Math.ceil(batchSize / accumulationSteps) * cropSize ** 2;
/** × pixels of the full view: fused scales are looked at together with it. */
const fused = ({ segmenter }: RunConfig): number =>
  segmenter.fusedScales.reduce((all, scale) => all + scale ** 2, 1);
const view = (imageSize: number, scales: readonly number[]): number =>
  (imageSize * Math.max(...scales)) ** 2;

/** What each stage will hold at its peak, from its config and the largest image. */
export const memory = {
  trainClassifier({ config }: MemoryQuestion): number {
    const { name } = config.backbone;
    const { classifier } = config;
    return classifier.frozenBackbone
      ? classifier.cropSize ** 2 * FORWARD_BYTES[name]
      : crop(classifier) * TRAINING_BYTES[name] * BRANCHES[config.seeds.method];
  },
  makeSeeds({ config, largestImage }: MemoryQuestion): number {
    if (config.seeds.method === "imported") return largestImage * IMAGE_BYTES;
    const { imageSize, scales } = config.seeds;
    return (
      view(imageSize, scales) * FORWARD_BYTES[config.backbone.name] + largestImage * IMAGE_BYTES
    );
  },
  refineSeeds: ({ largestImage, threads }: MemoryQuestion): number =>
    largestImage * CRF_BYTES * threads,
  /** Two CRFs in each thread first, then a training step with its pair planes. */
  trainAffinity(question: MemoryQuestion): number {
    const { config, largestImage, threads } = question;
    const { refinement, backbone } = config;
    if (!("training" in refinement)) return 0;
    const { training } = refinement;
    const step =
      refinement.kind === "irn"
        ? crop(training) *
          (FORWARD_BYTES[backbone.name] + PATH_BYTES * refinement.training.radius ** 3)
        : crop(training) * TRAINING_BYTES[backbone.name];
    return Math.max(step, largestImage * CRF_BYTES * threads);
  },
  /** A walk holds features and planes of 34 weights on the grid in each thread. */
  makePseudoMasks(question: MemoryQuestion): number {
    const { config, largestImage, threads } = question;
    if (!("walk" in config.refinement)) return memory.perImage(question);
    const { walk } = config.refinement;
    const walking = largestImage * (IMAGE_BYTES + (walk.crf === null ? 0 : CRF_BYTES)) * threads;
    return largestImage * FORWARD_BYTES[config.backbone.name] + walking;
  },
  perImage: ({ largestImage }: MemoryQuestion): number => largestImage * IMAGE_BYTES,
  trainSegmenter: ({ config }: MemoryQuestion): number =>
    crop(config.segmenter) * fused(config) * TRAINING_BYTES[config.backbone.name],
  predict({ config, largestImage, threads }: MemoryQuestion): number {
    const { imageSize, scales, crf } = config.prediction;
    const refining = crf === null ? 0 : largestImage * CRF_BYTES * threads;
    const forward = view(imageSize, scales) * fused(config) * FORWARD_BYTES[config.backbone.name];
    return forward + refining + largestImage * IMAGE_BYTES;
  },
};

/** Bytes this process may use: the container's limit, or the machine's memory. */
export function memoryLimit(): number {
  try {
    const limit = Number(readFileSync("/sys/fs/cgroup/memory.max", "utf8"));
    if (Number.isFinite(limit)) return Math.min(limit, totalmem());
  } catch {
    // No control group: the machine's memory is the limit.
  }
  return totalmem();
}

const gibibytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;

/** @throws {MemoryEstimateError} before anything runs that will not fit */
export function requireMemory(stage: Stage, question: MemoryQuestion, limit: number): void {
  const estimate = stage.memory(question);
  if (estimate <= limit) return;
  throw new MemoryEstimateError(
    `${stage.name}: expected to need at most ${gibibytes(limit)}, got an estimate of ${gibibytes(estimate)} (largest image ${question.largestImage} pixels). Lower the batch size, crop size or image size.`,
    { details: { estimate, limit } },
  );
}

export const defaultThreads = (): number => availableParallelism();
