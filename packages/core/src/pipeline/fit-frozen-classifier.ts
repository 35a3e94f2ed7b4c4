import type { Classifier } from "../classifier/classifier.ts";
import { fitLinearHead, pooledFeatures, withHead } from "../classifier/linear-head.ts";
import { disposeWeights, type Weights } from "../tensor/weights.ts";
import { labelVector, wholeImage } from "./examine-classifier.ts";
import { entriesOf } from "./entries.ts";
import { startProgress } from "./progress.ts";
import type { StageContext } from "./stage.ts";

/** Pooled features of all training images, [N, D]; computed once, since the backbone stays as it is. */
async function trainFeatures(
  context: StageContext,
  classifier: Classifier,
  weights: Weights,
): Promise<Float32Array> {
  const { channels } = classifier.backbone;
  const { checkpoint, dataset, config, limit } = context;
  const { train } = entriesOf(dataset, config, limit);
  const features = new Float32Array(train.length * channels);
  const saved = await checkpoint.load();
  const known = saved?.tensors.get("features");
  if (known) features.set(known.data);
  const from = (known?.data.length ?? 0) / channels;
  const progress = startProgress(context, { total: train.length, unit: "image", from });
  for (const [index, entry] of train.entries()) {
    if (index < from) continue;
    const images = await wholeImage(context, entry);
    features.set(await pooledFeatures(classifier, weights, images), index * channels);
    images.dispose();
    const done = index + 1;
    if (checkpoint.due() || done === train.length) {
      const data = features.slice(0, done * channels);
      const shape = [done, channels];
      await checkpoint.save(new Map([["features", { dtype: "F32", shape, data }]]), {});
    }
    await progress.reach(done);
  }
  return features;
}

/** A standardised linear head on fixed features, folded back into plain weights. */
export async function fitFrozenClassifier(
  context: StageContext,
  classifier: Classifier,
  weights: Weights,
): Promise<{ weights: Weights; loss: number }> {
  const { config, dataset, limit, emit, breathe } = context;
  const { train } = entriesOf(dataset, config, limit);
  const features = await trainFeatures(context, classifier, weights);
  const imageLabels = new Uint8Array(train.length * classifier.classes);
  for (const [index, entry] of train.entries()) {
    imageLabels.set(labelVector(entry, classifier.classes), index * classifier.classes);
  }
  const head = await fitLinearHead({
    features,
    imageLabels,
    images: train.length,
    channels: classifier.backbone.channels,
    classes: classifier.classes,
    weightDecay: config.classifier.weightDecay,
    epochs: config.classifier.epochs,
    async onEpoch({ epoch, loss }) {
      emit({ type: "metric", name: "loss", step: epoch, value: loss });
      await breathe();
    },
  });
  const fitted = withHead(classifier, weights, head);
  const kept = new Set(fitted.values());
  disposeWeights(new Map([...weights].filter(([, tensor]) => !kept.has(tensor))));
  return { weights: fitted, loss: head.losses.at(-1)! };
}
