import { camFromViews } from "../../cam/multi-scale.ts";
import type { Classifier } from "../../classifier/classifier.ts";
import { trainClassifierStep } from "../../classifier/train-step.ts";
import {
  ConfigError,
  probeImages,
  probePath,
  type SeedsConfig,
  scorePath,
} from "../../contract/index.ts";
import { batchesPerEpoch } from "../../data/batches.ts";
import { encodeScores } from "../../data/score-file.ts";
import { createRandom } from "../../tensor/random.ts";
import { decodeSafetensors, encodeSafetensors } from "../../tensor/safetensors.ts";
import { tf } from "../../tensor/tf.ts";
import { startTraining } from "../../tensor/training.ts";
import { stateDictOf, type Weights, weightsFromStateDict } from "../../tensor/weights.ts";
import { entriesOf } from "../entries.ts";
import { readScores } from "../read-artifact.ts";
import type { NetworkContext, StageContext } from "../stage.ts";
import { probeMeta } from "../probe-meta.ts";
import { joinCompanions, ONLY_PHASE } from "../train-loop.ts";
import { trainSteps } from "../train-steps.ts";
import { createArena } from "./accumulation-arena.ts";
import { createHistory } from "./accumulation-history.ts";
import {
  classifierOf,
  dropoutAt,
  initialNetwork,
  openCamMaker,
  readerOf,
} from "./classifier-network.ts";
import { INTEGRAL_FILE, trainIntegralModel } from "./integral-model.ts";
import { dropAttention } from "./latest-attention.ts";
import type { NetworkSeedMaker, NetworkSeedMethod } from "./seed-method.ts";
import { takeWeights } from "./take-weights.ts";

export type OaaConfig = Extract<SeedsConfig, { method: "oaa" }>;

const MODEL = "model.safetensors";
const RECORD = "accumulated-attention";
const LOSS_NOTE = "classifier-loss";

function requireTraining({ config }: StageContext): void {
  if (!config.classifier.frozenBackbone) return;
  throw new ConfigError(
    "seeds.method oaa: expected a classifier that trains over epochs, got a frozen backbone, whose attention does not move. Set classifier.frozenBackbone to false.",
  );
}

const stepsOf = (images: number, { batchSize, epochs }: { batchSize: number; epochs: number }) =>
  batchesPerEpoch(images, batchSize) * epochs;

/** Trains the classifier on whole images and gathers its attention; both go into the draft. */
async function trainAndAccumulate(
  context: StageContext,
  classifier: Classifier,
  seeds: OaaConfig,
): Promise<void> {
  const { config, dataset, limit } = context;
  const { cropSize, batchSize: _, ...optimisation } = config.classifier;
  const { epochs, batchSize } = config.classifier;
  const { train } = entriesOf(dataset, config, limit);
  const { stride } = classifier.backbone;
  const arena = createArena(train, {
    rule: seeds.accumulation,
    cropSize,
    stride,
    keepLatest: seeds.attentionDrop !== null,
  });
  const probes = probeImages(train);
  const history = createHistory(probes, { epochs, mapsOf: (entry) => arena.mapsOf(entry) });
  const draft = context.draft("classifier-checkpoint");
  const perEpoch = batchesPerEpoch(train.length, batchSize);
  const stepsAfter = seeds.integralModel === null ? 0 : stepsOf(train.length, seeds.integralModel);

  const { state, loss } = await trainSteps(context, {
    ...config.classifier,
    entries: train,
    parameters: classifier.parameters,
    padding: classifier.backbone.padding,
    framing: "whole",
    companion: joinCompanions(arena, history),
    phase: { ...ONLY_PHASE, stepsAfter },
    start: async () => startTraining(await initialNetwork(context, classifier)),
    async step(before, batch, { totalSteps, epoch }) {
      if (seeds.attentionDrop !== null) {
        dropAttention(batch, {
          attentionOf: (key) => arena.latestOf(key),
          randomOf: (key) => createRandom(config.seed).fork(`drop ${before.step} ${key}`),
          padding: classifier.backbone.padding,
          drop: seeds.attentionDrop,
        });
      }
      const count = batch.entries.length;
      const images = tf.tensor4d(batch.images, [count, cropSize, cropSize, 3]);
      const imageLabels = tf.tensor2d(batch.imageLabels, [count, classifier.classes]);
      const observe = async (maps: tf.Tensor4D, logits: tf.Tensor2D): Promise<void> => {
        const [, side, , classes] = maps.shape;
        const seen = { data: await maps.data(), side, classes };
        const lastEpoch = epoch === epochs - 1;
        arena.visit(batch, seen, await logits.data(), { lastEpoch });
      };
      try {
        const result = await trainClassifierStep({
          classifier,
          state: before,
          images,
          imageLabels,
          optimisation,
          totalSteps,
          dropout: dropoutAt(context, before.step),
          ...(epoch >= seeds.skippedEpochs ? { observe } : {}),
        });
        if (result.state.step % perEpoch === 0) history.record(epoch);
        return result;
      } finally {
        tf.dispose([images, imageLabels]);
      }
    },
  });
  for (const entry of train) {
    await context.breathe();
    await draft.put(scorePath(entry.key), encodeScores("cam", arena.mapsOf(entry)));
  }
  const record = context.draft(RECORD);
  for (const entry of probes) await record.put(probePath(entry.key), history.encodeImage(entry));
  const weights = takeWeights(state);
  const arrays = await stateDictOf(classifier.parameters, weights);
  tf.dispose([...weights.values()]);
  await context.checkpoint.keepNote(LOSS_NOTE, loss);
  // Last, so that where it lies the accumulation is whole.
  await draft.put(MODEL, encodeSafetensors(arrays));
}

async function readDraft(context: StageContext, classifier: Classifier): Promise<Weights> {
  const bytes = await context.draft("classifier-checkpoint").read(MODEL);
  return weightsFromStateDict(classifier.parameters, decodeSafetensors(bytes).tensors, MODEL);
}

/** Maps of the integral model; the classifier, which it learned from, scores classes. */
async function openIntegral(context: NetworkContext): Promise<NetworkSeedMaker> {
  const classifier = await openCamMaker(context);
  const integral = await openCamMaker(context, INTEGRAL_FILE);
  return {
    scores: (entry) => integral.scores(entry),
    read: classifier.read,
    dispose() {
      classifier.dispose();
      integral.dispose();
    },
  };
}

/**
 * Attention of every epoch, accumulated; with OAA+ a second network that gives it in one pass.
 *
 * Differs from the release: batches of whole images in shuffled order; the arena is keyed by image.
 * @see Jiang et al. 2019, sections 3.2 and 3.3; algorithms.md 4
 */
export const oaaMethod = (seeds: OaaConfig): NetworkSeedMethod => ({
  async train(context) {
    requireTraining(context);
    const classifier = classifierOf(context);
    const draft = context.draft("classifier-checkpoint");
    if (!(await draft.has(MODEL))) {
      await trainAndAccumulate(context, classifier, seeds);
    }
    const loss = Number(await context.checkpoint.note(LOSS_NOTE));
    const weights = await readDraft(context, classifier);
    if (seeds.integralModel !== null) {
      const before = stepsOf(
        entriesOf(context.dataset, context.config, context.limit).train.length,
        context.config.classifier,
      );
      await trainIntegralModel(context, seeds.integralModel, { classifier, weights, before });
    }
    const { parameters } = classifier;
    const { skippedEpochs, accumulation: rule } = seeds;
    const { epochs } = context.config.classifier;
    const meta = { ...probeMeta(context), epochs, skippedEpochs, rule };
    return {
      parameters,
      weights,
      loss,
      read: readerOf(classifier, weights),
      record: { kind: RECORD, meta },
    };
  },

  async open(context) {
    if (seeds.integralModel !== null) return openIntegral(context);
    const { dataset, config, limit } = context;
    const train = dataset.split(config.trainSplit).slice(0, limit ?? undefined);
    const accumulated = new Set(train.map(({ key }) => key));
    const checkpoint = await context.input("classifier-checkpoint");
    const final = await openCamMaker(context);
    return {
      read: final.read,
      // An image that was not trained on has no history: it gets the final network's attention.
      async scores(entry) {
        if (!accumulated.has(entry.key)) return final.scores(entry);
        const maps = await readScores(checkpoint, entry, "cam");
        const { height, width } = entry;
        const views = [{ maps, mirrored: false }];
        return camFromViews(views, { height, width, rule: "psa", resolution: "strided" });
      },
      dispose: () => final.dispose(),
    };
  },
});
