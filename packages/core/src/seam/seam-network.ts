import { type Backbone, type TrainingPass, trainedParameters } from "../backbones/backbone.ts";
import { type Optimisation, parameterRules } from "../tensor/training.ts";
import type { ParameterRule } from "../tensor/optimizer.ts";
import type { Random } from "../tensor/random.ts";
import { conv2d } from "../tensor/conv.ts";
import { averagePool } from "../tensor/pool.ts";
import { resizeScores } from "../tensor/resize.ts";
import { tf } from "../tensor/tf.ts";
import {
  cloneWeights,
  initialWeights,
  type Parameter,
  type Weights,
  weightOf,
} from "../tensor/weights.ts";
import { splitBackground } from "./correlation-input.ts";
import { type CorrelatedMaps, seamMaps, type SeamTaps } from "./seam-head.ts";

/** Widths of the release's own layers. */
const CONV4_CHANNELS = 64;
const CONV5_CHANNELS = 128;
const CORRELATION_CHANNELS = 192;
/** The head that the class maps come from. */
const CLASS_HEAD = "fc8.weight";
const F9_INPUTS = 3 + CONV4_CHANNELS + CONV5_CHANNELS;

/** A backbone with SEAM's four 1 × 1 convolutions. */
export interface SeamNetwork {
  readonly backbone: Backbone;
  /** C, foreground classes. */
  readonly classes: number;
  readonly headParameters: readonly Parameter[];
  readonly parameters: readonly Parameter[];
}

/**
 * SEAM on any backbone: its taps take the places of WideResNet-38's conv4, conv5 and conv6.
 *
 * returns  a network [N, H, W, 3] → [N, h, w, C + 1]
 *
 * @see Wang et al. 2020, figure 2; SEAM network/resnet38_SEAM.py
 */
export function createSeamNetwork({
  backbone,
  classes,
}: {
  readonly backbone: Backbone;
  readonly classes: number;
}): SeamNetwork {
  const conv = (name: string, outputs: number, inputs: number, deviation?: number): Parameter => ({
    name: `${name}.weight`,
    kind: "conv",
    role: "weight",
    shape: [outputs, inputs, 1, 1],
    ...(deviation === undefined ? {} : { deviation }),
  });
  const { conv4, conv5, conv6 } = backbone.taps;
  const xavier = (inputs: number, outputs: number): number => Math.sqrt(2 / (inputs + outputs));
  const headParameters = [
    conv("fc8", classes + 1, conv6.channels, xavier(conv6.channels, classes + 1)),
    conv("f8_3", CONV4_CHANNELS, conv4.channels),
    conv("f8_4", CONV5_CHANNELS, conv5.channels),
    conv("f9", CORRELATION_CHANNELS, F9_INPUTS, 4 * xavier(F9_INPUTS, CORRELATION_CHANNELS)),
  ];
  const parameters = [...backbone.parameters, ...headParameters];
  return { backbone, classes, headParameters, parameters };
}

/** Weights to start from. heads [O, I, 1, 1] fresh; trunk fresh too where none is given. @see SEAM network/resnet38_SEAM.py */
export function initialSeamWeights(
  { backbone, headParameters }: SeamNetwork,
  random: Random,
  pretrained?: Weights,
): Weights {
  const trunk =
    pretrained === undefined
      ? initialWeights(backbone.parameters, random)
      : cloneWeights(backbone.parameters, pretrained);
  return new Map([...trunk, ...initialWeights(headParameters, random)]);
}

/** Arrays that conv6 depends on: what lies after it is left as it was. */
const usedTrunk = ({ backbone }: SeamNetwork): Pick<Backbone, "parameters"> =>
  backbone.taps.conv6.channels === backbone.channels ? backbone : backbone.dense;

/** The release's parameter groups: heads [O, I, 1, 1] train faster. @see SEAM network/resnet38_SEAM.py, get_parameter_groups */
export function seamRules(
  network: SeamNetwork,
  optimisation: Optimisation,
  heads: readonly Parameter[] = network.headParameters,
): ParameterRule[] {
  const { pretrained, fresh } = trainedParameters(network.backbone, usedTrunk(network));
  return parameterRules({ pretrained, fresh: [...fresh, ...heads] }, optimisation);
}

/** Groups of what the class maps alone depend on: of the heads only fc8 [C + 1, I, 1, 1]. @see SEAM network/resnet38_SEAM.py, get_parameter_groups */
export const classRules = (network: SeamNetwork, optimisation: Optimisation): ParameterRule[] =>
  seamRules(
    network,
    optimisation,
    network.headParameters.filter(({ name }) => name === CLASS_HEAD),
  );

/** Taps of a pass; while training, channels of the deepest one are dropped. */
function seamTaps(
  { backbone }: SeamNetwork,
  weights: Weights,
  images: tf.Tensor4D,
  pass: TrainingPass | null,
): SeamTaps {
  const { conv4, conv5, conv6 } = backbone.tapped(weights, images, pass);
  const { headDropout } = backbone;
  const dropout = headDropout > 0 ? pass?.dropout : null;
  return { conv4, conv5, conv6: dropout ? dropout(conv6, headDropout) : conv6 };
}

/** Raw class maps without the correlation module. images [N, H, W, 3] 0…255 → [N, h, w, C + 1] @see SEAM network/resnet38_SEAM.py forward, cam */
export const seamCam = (
  network: SeamNetwork,
  weights: Weights,
  images: tf.Tensor4D,
  pass: TrainingPass | null,
): tf.Tensor4D =>
  conv2d(seamTaps(network, weights, images, pass).conv6, weightOf(weights, CLASS_HEAD));

/**
 * CAMs and revised CAMs.
 *
 * images    [N, H, W, 3]        0…255
 * returns   [N, h, w, C + 1]    twice, on the grid of conv6; and the features that pixels were
 *           compared by, [N, h, w, 192]
 *
 * pass      while training only
 *
 * Differs from the release: taps on a finer grid than conv6 are brought to it; those of WideResNet-38
 * share one.
 * @see Wang et al. 2020, figure 2
 */
export function seamForward(
  network: SeamNetwork,
  weights: Weights,
  images: tf.Tensor4D,
  pass: TrainingPass | null,
): CorrelatedMaps {
  const { conv4, conv5, conv6 } = seamTaps(network, weights, images, pass);
  const [, height, width] = conv6.shape;
  const onGrid = (tap: tf.Tensor4D): tf.Tensor4D =>
    resizeScores(tap, { height, width, grid: "half-pixel" });
  const filter = (name: string): tf.Tensor4D => weightOf(weights, `${name}.weight`);
  return seamMaps(
    network.backbone.normalise(images),
    { conv4: onGrid(conv4), conv5: onGrid(conv5), conv6 },
    { fc8: filter("fc8"), f8_3: filter("f8_3"), f8_4: filter("f8_4"), f9: filter("f9") },
  );
}

/**
 * Class scores, and how much CAM each class has.
 *
 * images   [N, H, W, 3]  0…255
 * returns  [N, C]        logits: the mean of the foreground maps; mass: of the rectified ones
 *
 * @see SEAM train_SEAM.py
 */
export const readSeamClasses = (
  network: SeamNetwork,
  weights: Weights,
  images: tf.Tensor4D,
): { readonly logits: tf.Tensor2D; readonly mass: tf.Tensor2D } =>
  tf.tidy(() => {
    const { cam } = seamForward(network, weights, images, null);
    const maps = splitBackground(cam)[1]; // [N, h, w, C + 1] -> [N, h, w, C]
    return {
      logits: averagePool(maps),
      mass: averagePool(tf.relu(maps)),
    };
  });

/**
 * Revised CAMs.
 *
 * images    [N, H, W, 3]  0…255
 * returns   [N, h, w, C]  ≥ 0, without the background's channel
 *
 * @see SEAM infer_SEAM.py
 */
export const revisedClassMaps = (
  network: SeamNetwork,
  weights: Weights,
  images: tf.Tensor4D,
): tf.Tensor4D =>
  tf.tidy(() => splitBackground(seamForward(network, weights, images, null).revisedCam)[1]);
