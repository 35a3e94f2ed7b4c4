import type { Backbone } from "../backbones/backbone.ts";
import { conv2d } from "../tensor/conv.ts";
import { averagePool } from "../tensor/pool.ts";
import type { Random } from "../tensor/random.ts";
import { tf } from "../tensor/tf.ts";
import {
  cloneWeights,
  initialWeights,
  type Parameter,
  type Weights,
  weightOf,
} from "../tensor/weights.ts";

export const HEAD_WEIGHT = "classifier.weight";
export const HEAD_BIAS = "classifier.bias";

/** A backbone, global average pooling, and one linear layer: what a class activation map needs. */
export interface Classifier {
  readonly backbone: Backbone;
  /** C, foreground classes. */
  readonly classes: number;
  readonly parameters: readonly Parameter[];
  readonly headParameters: readonly Parameter[];
}

/**
 * A multi-label classifier: [N, H, W, 3] images → [N, C] logits.
 *
 * Its bias is zero and stays so where the whole network is trained, as in the references; a head
 * fitted on frozen features has one. It is added to the pooled logit and is no part of the maps.
 * @see Zhou et al. 2016, section 2; psa network/resnet38_cls.py
 */
export function createClassifier({
  backbone,
  classes,
}: {
  readonly backbone: Backbone;
  readonly classes: number;
}): Classifier {
  const headParameters: Parameter[] = [
    {
      name: HEAD_WEIGHT,
      kind: "conv",
      role: "weight",
      shape: [classes, backbone.channels, 1, 1],
      deviation: Math.sqrt(2 / (backbone.channels + classes)),
    },
    { name: HEAD_BIAS, kind: "vector", role: "bias", shape: [classes] },
  ];
  return {
    backbone,
    classes,
    headParameters,
    parameters: [...backbone.parameters, ...headParameters],
  };
}

/**
 * Weights to start from: a fresh head [C, D, 1, 1] on pretrained layers, or on fresh ones where there
 * are none. Pretrained tensors are shared by reference count; the caller disposes both maps.
 * @see Glorot & Bengio 2010, equation 16; He et al. 2015, section 2.2
 */
export function initialClassifierWeights(
  { backbone, headParameters }: Classifier,
  random: Random,
  pretrained?: Weights,
): Weights {
  const trunk =
    pretrained === undefined
      ? initialWeights(backbone.parameters, random)
      : cloneWeights(backbone.parameters, pretrained);
  return new Map([...trunk, ...initialWeights(headParameters, random)]);
}

/**
 * Features [N, h, w, D] → raw class maps [N, h, w, C]. Their mean over pixels plus the head's bias is
 * the logit. @see Zhou et al. 2016, equation 2
 */
export const mapsOfFeatures = (features: tf.Tensor4D, weights: Weights): tf.Tensor4D =>
  conv2d(features, weightOf(weights, HEAD_WEIGHT));

/** Features [N, h, w, D] → logits [N, C]: pooled, then the head. @see Zhou et al. 2016, equation 1 */
export const logitsOfFeatures = (features: tf.Tensor4D, weights: Weights): tf.Tensor2D => {
  const head: tf.Tensor2D = tf.squeeze(weightOf<tf.Tensor4D>(weights, HEAD_WEIGHT), [0, 1]); // [1, 1, D, C] -> [D, C]
  return tf.add(tf.matMul(averagePool(features), head), weightOf(weights, HEAD_BIAS));
};

export interface Readings {
  /** [N, C] */
  readonly logits: tf.Tensor2D;
  /** [N, C]  ≥ 0: mean over pixels of the rectified class maps. */
  readonly mass: tf.Tensor2D;
}

/**
 * Class scores of images, with how much CAM each class has.
 *
 * images    [N, H, W, 3]  0…255
 * returns   [N, C]        logits and CAM mass, from one pass
 *
 * @see Zhou et al. 2016, equations 1 and 2
 */
export function readClasses(
  { backbone }: Classifier,
  weights: Weights,
  images: tf.Tensor4D,
): Readings {
  return tf.tidy(() => {
    const features = backbone.features(weights, images);
    const maps = mapsOfFeatures(features, weights);
    const logits = logitsOfFeatures(features, weights);
    return { logits, mass: tf.mean<tf.Tensor2D>(tf.relu(maps), [1, 2]) };
  });
}

/**
 * Raw class activation maps, before the relu.
 *
 * images    [N, H, W, 3]  0…255
 * returns   [N, h, w, C]  any real, h = ceil(H / stride)
 *
 * @see Zhou et al. 2016, equation 2
 */
export const classMaps = (
  { backbone }: Classifier,
  weights: Weights,
  images: tf.Tensor4D,
): tf.Tensor4D => tf.tidy(() => mapsOfFeatures(backbone.features(weights, images), weights));
