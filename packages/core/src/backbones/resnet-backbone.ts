import { tf } from "../tensor/tf.ts";
import { type Backbone, denseTrunk, type Trunk } from "./backbone.ts";
import { normalisePixels } from "./layers.ts";
import { IMAGENET_NORMALISATION, IMAGENET_PADDING } from "./normalisation.ts";
import {
  resNetChannels,
  resNetOutputStride,
  resNetParameters,
  resNetTaps,
  type ResNetPlan,
} from "./resnet.ts";
import { irnResNet, type ResNetDepth, torchvisionResNet } from "./resnet-plans.ts";

/** irn lets no gradient before the third stage, so stem and two stages stay as ImageNet made them. */
const FROZEN = /^(conv1|bn1|layer1|layer2)\./u;

/** irn's classifier has no dilation; at output stride 8 there is no reference but torchvision's rule. */
const seedPlan = (depth: ResNetDepth, outputStride: 8 | 16): ResNetPlan => ({
  ...(outputStride === 16 ? irnResNet(depth) : torchvisionResNet(depth, 8)),
  frozenStages: 2,
  naming: "torchvision",
});

const run = (plan: ResNetPlan, ...[weights, images]: Parameters<Trunk["features"]>) =>
  resNetTaps(normalisePixels(images, IMAGENET_NORMALISATION), weights, plan);

/**
 * ResNet-50 or -101 behind the interface of all backbones, under torchvision's names. Seeds look
 * through irn's strides without dilation; DeepLab's trunk trades stride for dilation.
 * @see He et al. 2016; irn net/resnet50_cam.py; algorithms.md 2.2
 */
export function resNet(
  depth: ResNetDepth,
  { outputStride }: { readonly outputStride: 8 | 16 },
): Backbone {
  const plan = seedPlan(depth, outputStride);
  const densePlan = torchvisionResNet(depth, outputStride);
  const facts = {
    channels: resNetChannels(plan),
    stride: resNetOutputStride(plan),
    parameters: resNetParameters(plan),
  };
  const at = (stage: number) => {
    const stages = plan.stages.slice(0, stage + 1);
    return {
      channels: plan.width * 2 ** stage * 4,
      stride: stages.reduce((all, { stride }) => all * stride, 4),
    };
  };
  return {
    ...facts,
    features: (weights, images) => tf.tidy(() => run(plan, weights, images).stages.at(-1)!),
    name: `resnet-${depth}`,
    outputStride,
    dense: denseTrunk({
      ...facts,
      fine: at(0),
      twoDepths: (weights, images) =>
        tf.tidy(() => {
          const { stages } = run(densePlan, weights, images);
          return { coarse: stages.at(-1)!, fine: stages[0]! };
        }),
    }),
    padding: IMAGENET_PADDING,
    normalise: (images) => normalisePixels(images, IMAGENET_NORMALISATION),
    fresh: [],
    isFrozen: (name) => FROZEN.test(name),
    headDropout: 0,
    taps: {
      conv2: { channels: plan.width, stride: 4 },
      conv3: at(0),
      conv4: at(1),
      conv5: at(2),
      conv6: at(3),
    },
    tapped: (weights, images) =>
      tf.tidy(() => {
        const { stem: conv2, stages } = run(plan, weights, images);
        const [conv3, conv4, conv5, conv6] = stages;
        return { conv2, conv3: conv3!, conv4: conv4!, conv5: conv5!, conv6: conv6! };
      }),
  };
}
