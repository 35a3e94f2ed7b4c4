import { pairKindsTensor } from "../affinity/affinity-loss.ts";
import { pairLabels } from "../affinity/affinity-labels.ts";
import {
  type AffinityNetwork,
  createAffinityNetwork,
  initialAffinityWeights,
} from "../affinity/affinity-network.ts";
import { trainAffinityStep } from "../affinity/affinity-step.ts";
import { createBackbone } from "../backbones/create-backbone.ts";
import {
  type AffinityConfig,
  ConfigError,
  type DatasetImage,
  type LabelMap,
} from "../contract/index.ts";
import { createRandom } from "../tensor/random.ts";
import { encodeSafetensors } from "../tensor/safetensors.ts";
import { tf } from "../tensor/tf.ts";
import { startTraining } from "../tensor/training.ts";
import { disposeWeights, stateDictOf, type Weights } from "../tensor/weights.ts";
import { affinityBatches } from "./affinity-batches.ts";
import { entriesOf } from "./entries.ts";
import { takeWeights } from "./methods/take-weights.ts";
import { thresholdOf } from "./policy.ts";
import { labelsOfDraft, putMasks } from "./put-masks.ts";
import { readScores } from "./read-artifact.ts";
import { seedAlpha } from "./seed-alpha.ts";
import type { StageContext, StageOutcome } from "./stage.ts";
import { trainLoop } from "./train-loop.ts";
import { trunkWeights } from "./trunk-weights.ts";

/** What is surely foreground and surely background in the training images; one image a thread. */
async function writeLabels(
  context: StageContext,
  { alphaLow, alphaHigh, crf }: AffinityConfig,
  stride: number,
): Promise<(entry: DatasetImage) => Promise<LabelMap>> {
  const { config, dataset, limit, signal } = context;
  const { train } = entriesOf(dataset, config, limit);
  const seeds = await context.input("seed-scores");
  const threshold = thresholdOf(seeds);
  const low = seedAlpha(alphaLow, threshold, { factor: 1.4, field: "alphaLow" });
  const high = seedAlpha(alphaHigh, threshold, { factor: 0.6, field: "alphaHigh" });
  await putMasks(context, "affinity-checkpoint", train, (open) =>
    context.pool().map("affinityLabel", open, {
      name: ({ id }) => `image ${id}`,
      signal,
      input: async (entry) => ({
        image: await dataset.image(entry),
        scores: await readScores(seeds, entry, "cam"),
        alphaLow: low,
        alphaHigh: high,
        crf,
        stride,
      }),
    }),
  );
  return labelsOfDraft(context, "affinity-checkpoint");
}

async function initialWeights(
  context: StageContext,
  network: AffinityNetwork,
  { initialise }: AffinityConfig["training"],
): Promise<Weights> {
  const random = createRandom(context.config.seed).fork("affinity");
  const trunk = await trunkWeights(context, network.backbone, { initialise, random });
  const weights = initialAffinityWeights(network, random, trunk);
  disposeWeights(trunk);
  return weights;
}

function requireGrid({ cropSize }: { cropSize: number }, stride: number, radius: number): void {
  const side = cropSize / stride;
  if (Number.isInteger(side) && side >= radius) return;
  throw new ConfigError(
    `train-affinity: expected a crop of whole features (${stride} pixels each), at least ${radius} of them a side, got ${cropSize} pixels. Change refinement.training.cropSize.`,
  );
}

/** AffinityNet, trained on what two CRFs of the seeds are sure of. @see Ahn & Kwak 2018, section 3.2 */
export async function trainAffinityNet(
  context: StageContext,
  affinity: AffinityConfig,
): Promise<StageOutcome> {
  const { config, dataset, limit } = context;
  const { cropSize, batchSize, initialise: _, ...optimisation } = affinity.training;
  const network = createAffinityNetwork(createBackbone(config.backbone), affinity);
  const { stride, backbone } = network;
  requireGrid(affinity.training, stride, affinity.radius);
  const labels = await writeLabels(context, affinity, stride);
  const { train } = entriesOf(dataset, config, limit);
  const side = cropSize / stride;
  const pairs = { radiusInFeatures: affinity.radius, borders: affinity.borders };
  const { padding } = backbone;
  const { seed } = config;
  const { state, loss } = await trainLoop(context, {
    ...affinity.training,
    parameters: network.parameters,
    images: train.length,
    batches: (at) =>
      affinityBatches(dataset, train, {
        batchSize,
        cropSize,
        stride,
        padding,
        seed,
        labels,
        ...at,
      }),
    start: async () => startTraining(await initialWeights(context, network, affinity.training)),
    async step(before, batch, { totalSteps }) {
      const images = tf.tensor4d(batch.images, [batch.count, cropSize, cropSize, 3]);
      const kinds = pairKindsTensor(
        batch.labels.map((grid) => pairLabels(grid, pairs)),
        { height: side, width: side },
      );
      try {
        return await trainAffinityStep({
          network,
          state: before,
          images,
          kinds,
          pairs,
          optimisation,
          totalSteps,
        });
      } finally {
        tf.dispose([images, kinds]);
      }
    },
  });
  const weights = takeWeights(state);
  const tensors = await stateDictOf(network.parameters, weights);
  disposeWeights(weights);
  const draft = context.draft("affinity-checkpoint");
  await draft.put("model.safetensors", encodeSafetensors(tensors));
  const { classes } = dataset.manifest;
  await context.commit("affinity-checkpoint", { classes, backbone: config.backbone.name, stride });
  return { metrics: { "final-loss": loss }, evaluations: [], diagnostics: [] };
}
