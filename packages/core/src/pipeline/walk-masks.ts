import {
  type AffinityNetwork,
  createAffinityNetwork,
  planarFeatures,
} from "../affinity/affinity-network.ts";
import { createBackbone } from "../backbones/create-backbone.ts";
import { type DatasetImage, maskPath, type Rgb, type RgbImage } from "../contract/index.ts";
import { decodeSafetensors } from "../tensor/safetensors.ts";
import { tf } from "../tensor/tf.ts";
import { disposeWeights, type Weights, weightsFromStateDict } from "../tensor/weights.ts";
import { entriesOf } from "./entries.ts";
import { type Threshold, thresholdOf } from "./policy.ts";
import { startProgress } from "./progress.ts";
import { readScores } from "./read-artifact.ts";
import { seedAlpha } from "./seed-alpha.ts";
import type { StageContext } from "./stage.ts";
import { affinityOf } from "./stages/train-affinity.ts";

/** An image filled up with a colour at right and bottom, to whole features. [1, H, W, 3] */
function paddedImage(
  { height, width, data }: RgbImage,
  { stride, padding }: { readonly stride: number; readonly padding: Rgb },
): tf.Tensor4D {
  const [rows, columns] = [height, width].map((side) => Math.ceil(side / stride) * stride);
  const filled = Float32Array.from({ length: rows! * columns! * 3 }, (_, at) => padding[at % 3]!);
  for (let y = 0; y < height; y += 1) {
    filled.set(data.subarray(y * width * 3, (y + 1) * width * 3), y * columns! * 3);
  }
  return tf.tensor4d(filled, [1, rows!, columns!, 3]);
}

async function openNetwork(
  context: StageContext,
): Promise<{ network: AffinityNetwork; weights: Weights }> {
  const network = createAffinityNetwork(createBackbone(context.config.backbone));
  const checkpoint = await context.input("affinity-checkpoint");
  const { tensors } = decodeSafetensors(await checkpoint.read("model.safetensors"));
  const weights = weightsFromStateDict(network.parameters, tensors, "affinity-checkpoint");
  return { network, weights };
}

/**
 * Pseudo masks from seeds that walk along affinities, into the draft. The network looks at one image
 * while threads walk on the ones before.
 * @see Ahn & Kwak 2018, section 3.3; psa infer_aff.py
 */
export async function walkMasks(context: StageContext): Promise<Threshold> {
  const { config, dataset, limit, signal } = context;
  const affinity = affinityOf(config);
  const { radius, borders, walk } = affinity;
  const { policy, minimumProbability } = config.pseudoMasks;
  const seeds = await context.input("seed-scores");
  const threshold = thresholdOf(seeds);
  const alpha = seedAlpha(walk.alpha, threshold, { factor: 1, field: "walk.alpha" });
  const { network, weights } = await openNetwork(context);
  const { stride, backbone } = network;
  const draft = context.draft("pseudo-mask");

  const featuresOf = async (image: RgbImage) => {
    const padded = paddedImage(image, { stride, padding: backbone.padding });
    try {
      return await planarFeatures(network, weights, padded);
    } finally {
      padded.dispose();
    }
  };
  const open: DatasetImage[] = [];
  const { all } = entriesOf(dataset, config, limit);
  for (const entry of all) if (!(await draft.has(maskPath(entry.key)))) open.push(entry);
  let done = all.length - open.length;
  const progress = startProgress(context, { total: all.length, unit: "image", from: done });
  try {
    const walked = context.pool().map("walkSeed", open, {
      name: ({ id }) => `image ${id}`,
      signal,
      async input(entry) {
        const image = await dataset.image(entry);
        return {
          image,
          scores: await readScores(seeds, entry, "cam"),
          features: await featuresOf(image),
          stride,
          radius,
          borders,
          alpha,
          beta: walk.beta,
          walk: { steps: 2 ** walk.logSteps, method: walk.method },
          crf: walk.crf,
          minimumProbability: policy === "argmax" ? null : minimumProbability,
        };
      },
    });
    for await (const { item: entry, output } of walked) {
      await draft.put(maskPath(entry.key), output.mask);
      done += 1;
      await progress.reach(done);
    }
  } finally {
    disposeWeights(weights);
  }
  return threshold;
}
