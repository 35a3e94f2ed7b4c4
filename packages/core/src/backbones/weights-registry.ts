import { WeightsError } from "../contract/errors.ts";
import type { BACKBONE_NAMES } from "../contract/run-config.ts";

type BackboneName = (typeof BACKBONE_NAMES)[number];

export interface RegisteredWeights {
  readonly backbone: BackboneName;
  /** Other backbones whose published layers are the same. */
  readonly fits?: readonly BackboneName[];
  /** File in the weights folder; always safetensors, whatever was imported. */
  readonly file: string;
  /** Of the published file: whole, or the beginning that its publisher puts into its name; null unknown. */
  readonly sha256: string | null;
  readonly source: string;
  readonly licence: string;
  /** What the network was trained to expect of its input. */
  readonly preprocessing: string;
  /** Arrays of the file that a backbone has no use for. */
  readonly head: readonly string[];
}

const TORCH = "RGB / 255, − (0.485, 0.456, 0.406), / (0.229, 0.224, 0.225)";

/** Pretrained weights by name. The files are not part of this repository: `importWeights` brings them. */
export const WEIGHTS_REGISTRY: Readonly<Record<string, RegisteredWeights>> = {
  mobilenetv2_100_imagenet: {
    backbone: "mobilenet-v2",
    file: "mobilenetv2_100_imagenet.safetensors",
    sha256: "f6c05f070659ab6a477bda909c6a5cc16599c6d8455b7dc20fc8dafc531b570b",
    source: "google-coral mnv2_tf2_ptq.tflite, ImageNet-1k, in timm's names",
    licence: "Apache-2.0",
    preprocessing: "RGB, (x − 127.5) / 127.5, TensorFlow's same padding",
    head: ["classifier.weight", "classifier.bias"],
  },
  resnet50_tv_imagenet: {
    backbone: "resnet-50",
    file: "resnet50_tv_imagenet.safetensors",
    sha256: "19c8e357",
    source: "torchvision resnet50-19c8e357.pth, equal to timm resnet50.tv_in1k; irn's start",
    licence: "BSD-3-Clause",
    preprocessing: TORCH,
    head: ["fc.weight", "fc.bias"],
  },
  resnet101_tv_imagenet: {
    backbone: "resnet-101",
    file: "resnet101_tv_imagenet.safetensors",
    sha256: "5d3b4d8f",
    source:
      "torchvision resnet101-5d3b4d8f.pth. Not the Caffe network of deeplab-pytorch, whose strides differ",
    licence: "BSD-3-Clause",
    preprocessing: TORCH,
    head: ["fc.weight", "fc.bias"],
  },
  vgg16_tv_imagenet: {
    backbone: "vgg-16",
    fits: ["vgg-16-oaa"],
    file: "vgg16_tv_imagenet.safetensors",
    sha256: "397923af",
    source: "torchvision vgg16-397923af.pth, equal to timm vgg16.tv_in1k",
    licence: "BSD-3-Clause",
    preprocessing: TORCH,
    head: [0, 3, 6].flatMap((at) => [`classifier.${at}.weight`, `classifier.${at}.bias`]),
  },
  wide_resnet38_a1_imagenet: {
    backbone: "wide-resnet-38",
    file: "wide_resnet38_a1_imagenet.safetensors",
    sha256: null,
    source:
      "ademxapp ilsvrc-cls_rna-a1_cls1000_ep-0001.params (MXNet), or a .pth with psa's names; not in timm or torchvision",
    licence: "see ademxapp",
    preprocessing: TORCH,
    head: ["fc8.weight"],
  },
};

/** @throws {WeightsError} when no weights have that name, with the names there are */
export function findWeights(name: string): RegisteredWeights {
  const found = Object.hasOwn(WEIGHTS_REGISTRY, name) ? WEIGHTS_REGISTRY[name] : undefined;
  if (found !== undefined) return found;
  throw new WeightsError(
    `weights: expected one of ${Object.keys(WEIGHTS_REGISTRY).join(", ")}, got "${name}".`,
  );
}
