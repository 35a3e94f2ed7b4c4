import type { TwoDepths } from "../backbones/backbone.ts";
import { tf } from "../tensor/tf.ts";
import type { Weights } from "../tensor/weights.ts";
import { asppRates } from "./aspp.ts";
import {
  frozenLayer,
  trainedLayer,
  v3PlusParameters,
  v3PlusProjection,
  v3PlusPyramid,
  v3PlusScores,
  type V3PlusShape,
} from "./deeplab-v3-plus.ts";
import type { DecoderShape, SegmentationHead } from "./head.ts";

/** What the fine features are reduced to. @see Chen et al. 2018, table 1 */
const FINE_CHANNELS = 48;

/**
 * DeepLab v3+'s head: the pyramid on the last features, a decoder that joins in those of stride 4.
 *
 * coarse, fine  [N, h, w, D], [N, h', w', D']
 * returns       [N, h', w', L]  logits of stride 4
 *
 * @see Chen et al. 2018, figure 2
 */
export function v3Plus({
  inputs,
  fineInputs,
  channels,
  labels,
  outputStride,
}: DecoderShape): SegmentationHead {
  const rates = asppRates(outputStride);
  const shape: V3PlusShape = {
    inputs,
    fineInputs,
    fineChannels: FINE_CHANNELS,
    channels,
    labels,
    rates,
  };
  const forward = (weights: Weights, { coarse, fine }: TwoDepths, layer = frozenLayer) => {
    const pyramid = v3PlusPyramid(coarse, weights, rates, layer);
    return v3PlusScores(v3PlusProjection(pyramid, weights, layer), fine, weights, layer);
  };
  return {
    parameters: v3PlusParameters(shape),
    infer: (weights, features) => tf.tidy(() => forward(weights, features)),
    train(weights, features) {
      const replacements = new Map<string, tf.Tensor>();
      return { logits: forward(weights, features, trainedLayer(replacements)), replacements };
    },
  };
}
