import { type Backbone, trainedParameters } from "../backbones/backbone.ts";
import type { ParameterRule } from "../tensor/optimizer.ts";
import type { Random } from "../tensor/random.ts";
import { resizeScores } from "../tensor/resize.ts";
import { tf } from "../tensor/tf.ts";
import { type Optimisation, parameterRules } from "../tensor/training.ts";
import {
  cloneWeights,
  initialWeights,
  type Parameter,
  type Weights,
  weightOf,
} from "../tensor/weights.ts";
import { affinityFeatures } from "./affinity-net.ts";

/** Widths of the release's own layers on WideResNet-38. */
const WIDTHS = { f8_3: 64, f8_4: 128, f8_5: 256, f9: 448 } as const;

/** Whose grid affinities lie on: conv4 at stride 8, or conv3 at 4. */
export type FinestTap = "conv4" | "conv3";

/** A backbone with AffinityNet's four 1 × 1 convolutions. */
export interface AffinityNetwork {
  readonly backbone: Backbone;
  readonly finestTap: FinestTap;
  /** Image pixels a feature, along one side. */
  readonly stride: number;
  readonly headParameters: readonly Parameter[];
  readonly parameters: readonly Parameter[];
}

/**
 * AffinityNet on any backbone: its taps take the places of WideResNet-38's conv4, conv5 and conv6.
 *
 * returns  a network [N, H, W, 3] → [N, h, w, 448] on the grid of the finest tap
 *
 * finestTap  conv4 as the release; with conv3, whose grid is twice as fine, f8_3 looks at conv3 instead
 *
 * @see Ahn & Kwak 2018, figure 3; psa network/resnet38_aff.py
 */
export function createAffinityNetwork(
  backbone: Backbone,
  { finestTap }: { readonly finestTap: FinestTap },
): AffinityNetwork {
  const conv = (name: keyof typeof WIDTHS, inputs: number, deviation?: number): Parameter => ({
    name: `${name}.weight`,
    kind: "conv",
    role: "weight",
    shape: [WIDTHS[name], inputs, 1, 1],
    ...(deviation === undefined ? {} : { deviation }),
  });
  const { [finestTap]: finest, conv5, conv6 } = backbone.taps;
  const headParameters = [
    conv("f8_3", finest.channels),
    conv("f8_4", conv5.channels),
    conv("f8_5", conv6.channels),
    // Xavier with gain 4. @see psa network/resnet38_aff.py
    conv("f9", WIDTHS.f9, 4 / Math.sqrt(WIDTHS.f9)),
  ];
  const parameters = [...backbone.parameters, ...headParameters];
  return { backbone, finestTap, stride: finest.stride, headParameters, parameters };
}

/** Weights to start from. heads [O, I, 1, 1] fresh; trunk fresh too where none is given. @see psa network/resnet38_aff.py */
export function initialAffinityWeights(
  { backbone, headParameters }: AffinityNetwork,
  random: Random,
  pretrained?: Weights,
): Weights {
  const trunk =
    pretrained === undefined
      ? initialWeights(backbone.parameters, random)
      : cloneWeights(backbone.parameters, pretrained);
  return new Map([...trunk, ...initialWeights(headParameters, random)]);
}

/** The release's parameter groups: heads [O, I, 1, 1] train faster; the trunk was trained before. @see psa network/resnet38_aff.py, get_parameter_groups */
export function affinityRules(
  { backbone, headParameters }: AffinityNetwork,
  optimisation: Optimisation,
): ParameterRule[] {
  const used = backbone.taps.conv6.channels === backbone.channels ? backbone : backbone.dense;
  const trunk = trainedParameters(backbone, used);
  return parameterRules(
    { pretrained: [...trunk.pretrained, ...trunk.fresh], fresh: headParameters },
    optimisation,
  );
}

/**
 * Features whose distance says whether two pixels belong together.
 *
 * images    [N, H, W, 3]    0…255, sides multiples of the stride
 * returns   [N, h, w, 448]  > −1
 *
 * Differs from the release: taps on a coarser grid than the finest are enlarged to it; those of
 * WideResNet-38 from conv4 on share one.
 * @see Ahn & Kwak 2018, figure 3
 */
export function affinityForward(
  { backbone, finestTap }: AffinityNetwork,
  weights: Weights,
  images: tf.Tensor4D,
): tf.Tensor4D {
  const { [finestTap]: finest, conv5, conv6 } = backbone.tapped(weights, images);
  const [, height, width] = finest.shape;
  const onGrid = (tap: tf.Tensor4D): tf.Tensor4D =>
    resizeScores(tap, { height, width, grid: "half-pixel" });
  const filter = (name: string): tf.Tensor4D => weightOf(weights, `${name}.weight`);
  return affinityFeatures(
    { conv4: finest, conv5: onGrid(conv5), conv6: onGrid(conv6) },
    { f8_3: filter("f8_3"), f8_4: filter("f8_4"), f8_5: filter("f8_5"), f9: filter("f9") },
  );
}

/** The features of one image, planar. images [1, H, W, 3] → data [448, h, w]. @see psa infer_aff.py */
export async function planarFeatures(
  network: AffinityNetwork,
  weights: Weights,
  images: tf.Tensor4D,
): Promise<{ height: number; width: number; data: Float32Array }> {
  const planes = tf.tidy(() =>
    tf.transpose(tf.squeeze(affinityForward(network, weights, images), [0]), [2, 0, 1]),
  );
  const [, height, width] = planes.shape as [number, number, number];
  const data = Float32Array.from(await planes.data());
  planes.dispose();
  return { height, width, data };
}
