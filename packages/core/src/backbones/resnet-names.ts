import type { ConvNormNames } from "./conv-norm.ts";

export interface BottleneckNames {
  readonly reduce: ConvNormNames;
  readonly conv3x3: ConvNormNames;
  readonly increase: ConvNormNames;
  /** Only the first block of a stage has one. */
  readonly shortcut: ConvNormNames;
}

export interface ResNetNames {
  readonly stem: ConvNormNames;
  /** Stage and block count from 0. */
  block(stage: number, block: number): BottleneckNames;
}

const torchvision = (prefix: string): ResNetNames => ({
  stem: { conv: `${prefix}conv1`, norm: `${prefix}bn1` },
  block(stage, block) {
    const at = `${prefix}layer${stage + 1}.${block}`;
    return {
      reduce: { conv: `${at}.conv1`, norm: `${at}.bn1` },
      conv3x3: { conv: `${at}.conv2`, norm: `${at}.bn2` },
      increase: { conv: `${at}.conv3`, norm: `${at}.bn3` },
      shortcut: { conv: `${at}.downsample.0`, norm: `${at}.downsample.1` },
    };
  },
});

const both = (at: string): ConvNormNames => ({ conv: `${at}.conv`, norm: `${at}.bn` });

/**
 * How each code base names a ResNet's arrays. `torchvision` is also timm's; `irn` puts its classifier's
 * prefix before it.
 * @see torchvision models/resnet.py; irn net/resnet50_cam.py; deeplab-pytorch libs/models/resnet.py
 */
export const RESNET_NAMES = {
  torchvision: torchvision(""),
  irn: torchvision("resnet50."),
  "deeplab-pytorch": {
    stem: both("layer1.conv1"),
    block(stage, block) {
      const at = `layer${stage + 2}.block${block + 1}`;
      return {
        reduce: both(`${at}.reduce`),
        conv3x3: both(`${at}.conv3x3`),
        increase: both(`${at}.increase`),
        shortcut: both(`${at}.shortcut`),
      };
    },
  },
} as const satisfies Readonly<Record<string, ResNetNames>>;

export type ResNetNaming = keyof typeof RESNET_NAMES;
