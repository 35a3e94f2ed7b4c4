import { z } from "zod";
import { createBackbone } from "../backbones/create-backbone.ts";
import { type DatasetImage, type IrnConfig, type RgbImage, scorePath } from "../contract/index.ts";
import { IRN_STRIDE } from "../irn/irn-net.ts";
import { boundaryMap, createIrnNetwork, type IrnNetwork } from "../irn/irn-network.ts";
import { resizeScores } from "../score-maps/resize.ts";
import { decodeSafetensors } from "../tensor/safetensors.ts";
import { tf } from "../tensor/tf.ts";
import { disposeWeights, type Weights, weightsFromStateDict } from "../tensor/weights.ts";
import { entriesIn, entriesOf } from "./entries.ts";
import { irnView } from "./padded-view.ts";
import { leastProbability, type Threshold, thresholdOf } from "./policy.ts";
import { putMasks } from "./put-masks.ts";
import { readScores } from "./read-artifact.ts";
import { seedThreshold } from "./seed-alpha.ts";
import type { StageContext } from "./stage.ts";

interface TrainedIrn {
  readonly network: IrnNetwork;
  readonly weights: Weights;
  /** Side of the crops it was trained on. */
  readonly cropSize: number;
}

async function openNetwork(context: StageContext): Promise<TrainedIrn> {
  const network = createIrnNetwork(createBackbone(context.config.backbone));
  const checkpoint = await context.input("affinity-checkpoint");
  const { tensors } = decodeSafetensors(await checkpoint.read("model.safetensors"));
  const weights = weightsFromStateDict(network.parameters, tensors, "affinity-checkpoint");
  return { network, weights, cropSize: z.int().parse(checkpoint.manifest.meta["cropSize"]) };
}

/** Boundaries of an image, on the grid of whole steps of 4 pixels. */
async function boundaryOf({ network, weights, cropSize }: TrainedIrn, image: RgbImage) {
  const view = irnView(image, network.backbone, { cropSize });
  const mirrored = irnView(image, network.backbone, { cropSize, mirrored: true });
  const height = Math.ceil(image.height / IRN_STRIDE);
  const width = Math.ceil(image.width / IRN_STRIDE);
  try {
    const data = await boundaryMap(network, weights, { view, mirrored }, { height, width });
    return { height, width, data };
  } finally {
    tf.dispose([view, mirrored]);
  }
}

/**
 * Pseudo masks from seeds that walk within class boundaries, into the draft. The network looks at one
 * image while threads walk on the ones before.
 * @see Ahn et al. 2019, section 3.4; irn step/make_sem_seg_labels.py
 */
export async function walkIrn(context: StageContext, { walk }: IrnConfig): Promise<Threshold> {
  const { config, dataset, limit, signal } = context;
  const seeds = await context.input("seed-scores");
  const threshold = thresholdOf(seeds);
  const background = seedThreshold(walk.threshold, threshold, {
    factor: 5 / 3,
    field: "walk.threshold",
  });
  const trained = await openNetwork(context);
  const input = async (entry: DatasetImage) => {
    const image = await dataset.image(entry);
    const { height, width, data: boundary } = await boundaryOf(trained, image);
    const scores = await readScores(seeds, entry, "cam");
    return {
      image,
      scores: resizeScores(scores, { height, width, grid: "half-pixel" as const }),
      boundary,
      radius: walk.radius,
      beta: walk.beta,
      walk: { steps: 2 ** walk.logSteps, method: walk.method },
      threshold: background,
      crf: walk.crf,
      minimumProbability: leastProbability(config),
    };
  };
  const { all } = entriesIn(seeds, entriesOf(dataset, config, limit), scorePath);
  try {
    await putMasks(context, "pseudo-mask", all, (open) =>
      context.pool().map("irnWalkSeed", open, {
        name: ({ id }) => `image ${id}`,
        signal,
        input,
      }),
    );
  } finally {
    disposeWeights(trained.weights);
  }
  return walk.threshold === null
    ? { ...threshold, value: background }
    : { value: background, chosenBy: "fixed", images: 0 };
}
