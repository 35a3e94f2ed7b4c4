import { createBackbone } from "../backbones/create-backbone.ts";
import {
  ConfigError,
  type DatasetImage,
  type IrnConfig,
  type LabelMap,
} from "../contract/index.ts";
import { displacementField, IRN_STRIDE, MEAN_SHIFT } from "../irn/irn-net.ts";
import { createIrnNetwork, type IrnNetwork, irnTaps } from "../irn/irn-network.ts";
import { trainIrnStep } from "../irn/irn-step.ts";
import { createRandom } from "../tensor/random.ts";
import { encodeSafetensors } from "../tensor/safetensors.ts";
import { tf } from "../tensor/tf.ts";
import { startTraining } from "../tensor/training.ts";
import { disposeWeights, initialWeights, stateDictOf, type Weights } from "../tensor/weights.ts";
import { entriesOf } from "./entries.ts";
import { takeWeights } from "./methods/take-weights.ts";
import { irnView } from "./padded-view.ts";
import { thresholdOf } from "./policy.ts";
import { labelsOfDraft, putMasks } from "./put-masks.ts";
import { readScores } from "./read-artifact.ts";
import { seedThreshold } from "./seed-alpha.ts";
import type { StageContext, StageOutcome } from "./stage.ts";
import { trainSteps } from "./train-steps.ts";
import { trunkWeights } from "./trunk-weights.ts";

/** What both a strict and a lenient seed support in the training images; one image a thread. */
async function writeLabels(
  context: StageContext,
  { strictThreshold, lenientThreshold, certainty, crf }: IrnConfig,
): Promise<(entry: DatasetImage) => Promise<LabelMap>> {
  const { config, dataset, limit, signal } = context;
  const seeds = await context.input("seed-scores");
  const threshold = thresholdOf(seeds);
  const strict = seedThreshold(strictThreshold, threshold, { factor: 2, field: "strictThreshold" });
  const lenient = seedThreshold(lenientThreshold, threshold, {
    factor: 1 / 3,
    field: "lenientThreshold",
  });
  const { train } = entriesOf(dataset, config, limit);
  await putMasks(context, "affinity-checkpoint", train, (open) =>
    context.pool().map("confidentLabel", open, {
      name: ({ id }) => `image ${id}`,
      signal,
      input: async (entry) => ({
        image: await dataset.image(entry),
        scores: await readScores(seeds, entry, "cam"),
        strictThreshold: strict,
        lenientThreshold: lenient,
        certainty,
        crf,
      }),
    }),
  );
  return labelsOfDraft(context, "affinity-checkpoint");
}

/** A pair's partner lies up to a radius less one below, and as far to either side. */
function requireCrop({ cropSize, radius }: IrnConfig["training"]): void {
  const side = cropSize / IRN_STRIDE;
  const least = 2 * radius - 1;
  if (side >= least) return;
  throw new ConfigError(
    `train-affinity: expected a crop of at least ${least * IRN_STRIDE} pixels for pairs within radius ${radius} at stride ${IRN_STRIDE}, got ${cropSize}. Change refinement.training.cropSize or radius.`,
  );
}

/** Mean displacement over the training images, which the release subtracts at inference. @see irn step/train_irn.py */
async function meanDisplacement(
  context: StageContext,
  network: IrnNetwork,
  { trunk, branches, cropSize }: { trunk: Weights; branches: Weights; cropSize: number },
): Promise<tf.Tensor1D> {
  const { config, dataset, limit } = context;
  const { train } = entriesOf(dataset, config, limit);
  const sum = [0, 0];
  for (const entry of train) {
    await context.breathe();
    const view = irnView(await dataset.image(entry), network.backbone, { cropSize });
    const mean = tf.tidy(() =>
      tf.mean(
        displacementField(irnTaps(network, trunk, view), branches, {
          shapes: network.shapes,
          centred: false,
        }),
        [0, 1, 2],
      ),
    );
    (await mean.data()).forEach((value, axis) => (sum[axis]! += value));
    tf.dispose([view, mean]);
  }
  return tf.tensor1d(sum.map((value) => value / Math.max(1, train.length)));
}

/** IRNet's branches, trained on what two thresholds are sure of. @see Ahn et al. 2019, section 3.2 */
export async function trainIrn(context: StageContext, irn: IrnConfig): Promise<StageOutcome> {
  const { config, dataset, limit } = context;
  const { training } = irn;
  const { cropSize, initialise, radius } = training;
  requireCrop(training);
  const network = createIrnNetwork(createBackbone(config.backbone));
  const { backbone, branchParameters, parameters } = network;
  const { classes } = dataset.manifest;
  const mask = await writeLabels(context, irn);
  const random = createRandom(config.seed).fork("irn");
  const trunk = await trunkWeights(context, backbone, { initialise, random });
  try {
    const { state, loss } = await trainSteps(context, {
      ...training,
      entries: entriesOf(dataset, config, limit).train,
      parameters: branchParameters,
      padding: backbone.padding,
      mask,
      start: async () => startTraining(initialWeights(branchParameters, random)),
      async step(before, batch, { totalSteps }) {
        const count = batch.entries.length;
        const images = tf.tensor4d(batch.images, [count, cropSize, cropSize, 3]);
        const labels = tf.tensor3d(batch.labelMaps!, [count, cropSize, cropSize], "int32");
        try {
          return await trainIrnStep({
            network,
            trunk,
            state: before,
            images,
            labels,
            classes: classes.length,
            radiusInFeatures: radius,
            optimisation: training,
            totalSteps,
          });
        } finally {
          tf.dispose([images, labels]);
        }
      },
    });
    const trained = takeWeights(state);
    const shift = await meanDisplacement(context, network, { trunk, branches: trained, cropSize });
    trained.get(MEAN_SHIFT)?.dispose();
    const branches = new Map([...trained, [MEAN_SHIFT, shift]]);
    const tensors = await stateDictOf(parameters, new Map([...trunk, ...branches]));
    disposeWeights(branches);
    const draft = context.draft("affinity-checkpoint");
    await draft.put("model.safetensors", encodeSafetensors(tensors));
    const backboneName = config.backbone.name;
    await context.commit("affinity-checkpoint", { classes, backbone: backboneName, cropSize });
    return { metrics: { "final-loss": loss }, evaluations: [], diagnostics: [] };
  } finally {
    disposeWeights(trunk);
  }
}
