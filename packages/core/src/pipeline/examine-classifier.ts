import { classifierHealth } from "../classifier/health.ts";
import type { ClassifierHealth, DatasetImage } from "../contract/index.ts";
import { sizeOfLongSide } from "../data/geometry.ts";
import { resizeImage } from "../data/resize-pillow.ts";
import { tf } from "../tensor/tf.ts";
import { entriesOf } from "./entries.ts";
import type { TrainedNetwork } from "./methods/seed-method.ts";
import type { NetworkContext, StageContext } from "./stage.ts";

/** [1, H, W, 3]: a whole image, its long side brought to the classifier's training size. */
export async function wholeImage(
  { config, dataset }: NetworkContext,
  entry: DatasetImage,
): Promise<tf.Tensor4D> {
  const image = await dataset.image(entry);
  const view = resizeImage(image, sizeOfLongSide(image, config.classifier.cropSize));
  return tf.tensor4d(Float32Array.from(view.data), [1, view.height, view.width, 3]);
}

/** 0 or 1 per class. */
export function labelVector(entry: DatasetImage, classes: number): Uint8Array {
  const vector = new Uint8Array(classes);
  for (const index of entry.labels) vector[index] = 1;
  return vector;
}

/** What the trained classifier knows of the evaluation split. */
export async function examineClassifier(
  context: StageContext,
  read: TrainedNetwork["read"],
): Promise<ClassifierHealth> {
  const classes = context.dataset.manifest.classes.length;
  const { evaluation } = entriesOf(context.dataset, context.config, context.limit);
  const logits = new Float32Array(evaluation.length * classes);
  const mass = new Float32Array(evaluation.length * classes);
  const imageLabels = new Uint8Array(evaluation.length * classes);
  for (const [index, entry] of evaluation.entries()) {
    const images = await wholeImage(context, entry);
    const readings = read(images);
    logits.set(await readings.logits.data(), index * classes);
    mass.set(await readings.mass.data(), index * classes);
    imageLabels.set(labelVector(entry, classes), index * classes);
    tf.dispose([images, readings.logits, readings.mass]);
    await context.breathe();
  }
  return {
    kind: "classifier-health",
    stage: "train-classifier",
    split: context.config.evaluationSplit,
    ...classifierHealth({ logits, mass, imageLabels, classes }),
  };
}
