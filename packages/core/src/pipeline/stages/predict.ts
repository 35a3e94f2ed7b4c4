import { createBackbone } from "../../backbones/create-backbone.ts";
import type { DatasetImage } from "../../contract/index.ts";
import { maskPath } from "../../contract/index.ts";
import { encodeLabels } from "../../data/label-file.ts";
import { sizeOfLongSide } from "../../data/geometry.ts";
import { resizeImage } from "../../data/resize-pillow.ts";
import { predictProbabilities } from "../../deeplab/predict.ts";
import { createSegmenter, type Segmenter } from "../../deeplab/segmenter.ts";
import { argmaxLabels, type LabelScores } from "../../score-maps/label-scores.ts";
import { decodeSafetensors } from "../../tensor/safetensors.ts";
import { disposeWeights, weightsFromStateDict, type Weights } from "../../tensor/weights.ts";
import { entriesOf } from "../entries.ts";
import { startProgress } from "../progress.ts";
import type { StageContext, StageOutcome } from "../stage.ts";

async function openSegmenter(context: StageContext) {
  const { config, dataset } = context;
  const segmenter = createSegmenter({
    backbone: createBackbone(config.backbone),
    head: config.segmenter.head,
    headChannels: config.segmenter.headChannels,
    fusedScales: config.segmenter.fusedScales,
    labels: dataset.manifest.classes.length + 1,
  });
  const checkpoint = await context.input("segmenter-checkpoint");
  const { tensors } = decodeSafetensors(await checkpoint.read("model.safetensors"));
  const weights = weightsFromStateDict(segmenter.parameters, tensors, "segmenter-checkpoint");
  return { segmenter, weights };
}

async function probabilitiesOf(
  { config, dataset }: StageContext,
  { segmenter, weights }: { segmenter: Segmenter; weights: Weights },
  entry: DatasetImage,
): Promise<LabelScores> {
  const { scales, flip, imageSize } = config.prediction;
  const image = await dataset.image(entry);
  const { height, width } = image;
  const views = scales.map((scale) =>
    resizeImage(image, sizeOfLongSide(image, Math.round(imageSize * scale))),
  );
  const { data } = await predictProbabilities({ segmenter, weights, views, flip, height, width });
  const classes = Int32Array.from(dataset.manifest.classes.keys());
  return { height, width, classes, data };
}

/** Label maps of the trained segmenter, which sees no image-level label. @see algorithms.md 11.6 */
export async function predict(context: StageContext): Promise<StageOutcome> {
  const { config, dataset, limit, signal } = context;
  const { crf } = config.prediction;
  const { all } = entriesOf(dataset, config, limit);
  const draft = context.draft("prediction");
  const network = await openSegmenter(context);
  const progress = startProgress(context, { total: all.length, unit: "image" });

  /** Waits for the oldest image in the threads once more than two a thread are on their way. */
  const underway: Array<Promise<void>> = [];
  const settle = async (most: number): Promise<void> => {
    while (underway.length > most) await underway.shift();
  };
  try {
    for (const [index, entry] of all.entries()) {
      const path = maskPath(entry.key);
      if (!(await draft.has(path))) {
        const probabilities = await probabilitiesOf(context, network, entry);
        if (crf === null) {
          await draft.put(path, await encodeLabels(argmaxLabels(probabilities)));
        } else {
          const image = await dataset.image(entry);
          const name = `image ${entry.id}`;
          const job = context
            .pool()
            .run("refinePrediction", { image, probabilities, crf }, { name, signal })
            .then(({ mask }) => draft.put(path, mask));
          job.catch(() => undefined);
          underway.push(job);
          await settle(2 * context.pool().size);
        }
      }
      await progress.reach(index + 1);
    }
    await settle(0);
  } finally {
    await Promise.allSettled(underway);
    disposeWeights(network.weights);
  }
  await context.commit("prediction", { classes: dataset.manifest.classes });
  return { metrics: {}, evaluations: [], diagnostics: [] };
}
