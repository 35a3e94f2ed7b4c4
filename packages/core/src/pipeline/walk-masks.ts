import {
  type AffinityNetwork,
  createAffinityNetwork,
  planarFeatures,
} from "../affinity/affinity-network.ts";
import { createBackbone } from "../backbones/create-backbone.ts";
import {
  type AffinityConfig,
  probeImages,
  probePath,
  type RgbImage,
  scorePath,
} from "../contract/index.ts";
import { decodeSafetensors } from "../tensor/safetensors.ts";
import { disposeWeights, type Weights, weightsFromStateDict } from "../tensor/weights.ts";
import { entriesIn, entriesOf } from "./entries.ts";
import { paddedView, wholeFeatures } from "./padded-view.ts";
import { leastProbability, type Threshold, thresholdOf } from "./policy.ts";
import { probeMeta } from "./probe-meta.ts";
import { type MaskMaker, putMasks } from "./put-masks.ts";
import { readScores } from "./read-artifact.ts";
import { seedAlpha } from "./seed-alpha.ts";
import type { ArtifactMeta, StageContext } from "./stage.ts";

async function openNetwork(
  context: StageContext,
  affinity: AffinityConfig,
): Promise<{ network: AffinityNetwork; weights: Weights }> {
  const network = createAffinityNetwork(createBackbone(context.config.backbone), affinity);
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
export async function walkMasks(
  context: StageContext,
  affinity: AffinityConfig,
): Promise<{ threshold: Threshold; planesMeta: ArtifactMeta }> {
  const { config, dataset, limit, signal } = context;
  const { radius, borders, walk } = affinity;
  const seeds = await context.input("seed-scores");
  const threshold = thresholdOf(seeds);
  const alpha = seedAlpha(walk.alpha, threshold, { factor: 1, field: "walk.alpha" });
  const { network, weights } = await openNetwork(context, affinity);
  const { stride, backbone } = network;

  const featuresOf = async (image: RgbImage) => {
    const padded = paddedView(image, {
      height: wholeFeatures(image.height, stride),
      width: wholeFeatures(image.width, stride),
      padding: backbone.padding,
    });
    try {
      return await planarFeatures(network, weights, padded);
    } finally {
      padded.dispose();
    }
  };
  const { all, train } = entriesIn(seeds, entriesOf(dataset, config, limit), scorePath);
  const probes = new Set(probeImages(train).map(({ key }) => key));
  const planes = context.draft("affinity-planes");
  const walked: MaskMaker = async function* (open) {
    const walks = context.pool().map("walkSeed", open, {
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
          minimumProbability: leastProbability(config),
          keepPlanes: probes.has(entry.key),
        };
      },
    });
    for await (const each of walks) {
      // Planes first: an image whose mask lies there is done.
      if (each.output.planes) await planes.put(probePath(each.item.key), each.output.planes);
      yield each;
    }
  };
  try {
    await putMasks(context, "pseudo-mask", all, walked);
  } finally {
    disposeWeights(weights);
  }
  const { beta, logSteps } = walk;
  return {
    threshold,
    planesMeta: { ...probeMeta(context), stride, radius, beta, logSteps, alpha },
  };
}
