import { tf } from "../tensor/tf.ts";
import { type Backbone, denseTrunk } from "./backbone.ts";
import { normalisePixels } from "./layers.ts";
import { IMAGENET_NORMALISATION, IMAGENET_PADDING } from "./normalisation.ts";
import {
  WIDE_RESNET38_CHANNELS,
  wideResNet38Parameters,
  wideResNet38Taps,
} from "./wide-resnet38.ts";

/** psa, SEAM and 1-stage leave the first convolution and stage as ImageNet made them. */
const FROZEN = /^(conv1a|b2|b2_1|b2_2)\./u;

/**
 * WideResNet-38 behind the interface of all backbones: output stride 8, 4096 channels.
 * @see Wu et al. 2019; psa network/resnet38d.py; algorithms.md 2.1
 */
export function wideResNet38(): Backbone {
  const tapsOf = (...[weights, images, pass]: Parameters<Backbone["tapped"]>) =>
    wideResNet38Taps(
      normalisePixels(images, IMAGENET_NORMALISATION),
      weights,
      pass?.dropout ?? null,
    );
  const parameters = wideResNet38Parameters();
  const features: Backbone["features"] = (...inputs) => tf.tidy(() => tapsOf(...inputs).conv6);
  const trunk = { channels: WIDE_RESNET38_CHANNELS, stride: 8, parameters, features };
  const fine = { channels: 256, stride: 4 };
  return {
    ...trunk,
    name: "wide-resnet-38",
    outputStride: 8,
    dense: denseTrunk({
      ...trunk,
      fine,
      twoDepths: (...inputs) =>
        tf.tidy(() => {
          const { conv3, conv6 } = tapsOf(...inputs);
          return { coarse: conv6, fine: conv3 };
        }),
    }),
    padding: IMAGENET_PADDING,
    normalise: (images) => normalisePixels(images, IMAGENET_NORMALISATION),
    fresh: [],
    isFrozen: (name) => FROZEN.test(name),
    headDropout: 0.5, // psa network/resnet38_cls.py: dropout7
    taps: {
      conv2: { channels: 128, stride: 2 },
      conv3: fine,
      conv4: { channels: 512, stride: 8 },
      conv5: { channels: 1024, stride: 8 },
      conv6: { channels: WIDE_RESNET38_CHANNELS, stride: 8 },
    },
    tapped: (...inputs) => tf.tidy(() => ({ ...tapsOf(...inputs) })),
  };
}
