import type { Backbone } from "../backbones/backbone.ts";
import { ConfigError } from "../contract/index.ts";
import type { ParameterRule } from "../tensor/optimizer.ts";
import { tf } from "../tensor/tf.ts";
import type { Optimisation } from "../tensor/training.ts";
import type { Parameter, Weights } from "../tensor/weights.ts";
import {
  boundaryLogits,
  displacementParameters,
  edgeParameters,
  IRN_STRIDE,
  irnParameters,
  type IrnTaps,
  type IrnTapShapes,
} from "./irn-net.ts";

/** A frozen backbone with IRNet's two branches. */
export interface IrnNetwork {
  readonly backbone: Backbone;
  readonly shapes: IrnTapShapes;
  /** Of both branches; only these train. */
  readonly branchParameters: readonly Parameter[];
  readonly parameters: readonly Parameter[];
}

/**
 * IRNet on any backbone: its taps take the places of ResNet-50's stem and four stages.
 *
 * returns  a network [N, H, W, 3] → boundaries [N, h, w, 1] and displacements [N, h, w, 2] at stride 4
 *
 * @throws {ConfigError} for a backbone without features at strides 4 and 8
 * @see Ahn et al. 2019, figure 3; irn net/resnet50_irn.py
 */
export function createIrnNetwork(backbone: Backbone): IrnNetwork {
  const { conv2, conv3, conv4, conv5, conv6 } = backbone.taps;
  if (conv3.stride !== IRN_STRIDE || conv4.stride !== 2 * IRN_STRIDE) {
    throw new ConfigError(
      `irn: expected a backbone with features at strides 4 and 8, got ${conv3.stride} and ${conv4.stride} of ${backbone.name}. Choose another backbone.`,
    );
  }
  const shapes = [conv2, conv3, conv4, conv5, conv6];
  const branchParameters = irnParameters(shapes);
  const parameters = [...backbone.parameters, ...branchParameters];
  return { backbone, shapes, branchParameters, parameters };
}

/** What both branches look at, as constants. images [N, H, W, 3] 0…255 → five taps, kept. @see irn net/resnet50_irn.py, forward: detach */
export function irnTaps({ backbone }: IrnNetwork, trunk: Weights, images: tf.Tensor4D): IrnTaps {
  const { conv2, conv3, conv4, conv5, conv6 } = backbone.tapped(trunk, images);
  return { stem: conv2, stages: [conv3, conv4, conv5, conv6] };
}

/** Frees the five taps [N, h, w, D] that `irnTaps` kept. @see irnTaps */
export const disposeTaps = ({ stem, stages }: IrnTaps): void => tf.dispose([stem, ...stages]);

/** The release's parameter groups: displacements [O, I, 1, 1] learn faster, all decay. @see irn step/train_irn.py */
export function irnRules(
  { shapes }: IrnNetwork,
  { headLearningRateFactor, weightDecay }: Optimisation,
): ParameterRule[] {
  const rules = (parameters: readonly Parameter[], learningRateFactor: number) =>
    parameters.map(({ name }) => ({ name, learningRateFactor, weightDecay }));
  return [
    ...rules(edgeParameters(shapes), 1),
    ...rules(displacementParameters(shapes), headLearningRateFactor),
  ];
}

/**
 * Boundaries of one image, from its upright and its mirrored view.
 *
 * view      [1, H, W, 3]  0…255, the image at the upper left, the rest filled up
 * mirrored  [1, H, W, 3]  its mirror image, filled up at the same sides
 * returns   [h, w]        0…1, of the image's own ⌈side / 4⌉ values
 *
 * size  values of the map that lie on the image
 *
 * @see irn net/resnet50_irn.py, EdgeDisplacement; algorithms.md 7.4
 */
export async function boundaryMap(
  network: IrnNetwork,
  weights: Weights,
  { view, mirrored }: { readonly view: tf.Tensor4D; readonly mirrored: tf.Tensor4D },
  { height, width }: { readonly height: number; readonly width: number },
): Promise<Float32Array> {
  const boundary = tf.tidy(() => {
    const [upright, turned] = [view, mirrored].map((images) => {
      const logits = boundaryLogits(irnTaps(network, weights, images), weights, network.shapes);
      return tf.slice(logits, [0, 0, 0, 0], [1, height, width, 1]);
    });
    return tf.sigmoid(tf.div(tf.add(upright!, tf.reverse(turned!, 2)), 2));
  });
  const values = Float32Array.from(await boundary.data());
  boundary.dispose();
  return values;
}
