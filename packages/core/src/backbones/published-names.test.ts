import { describe, expect, it } from "vitest";
import type { StateDict } from "../tensor/state-dict.ts";
import { compareWeights } from "../tensor/weights.ts";
import { createBackbone } from "./create-backbone.ts";
import { isBookkeeping, readStateDict } from "./read-state-dict.ts";
import { findWeights } from "./weights-registry.ts";

type Shapes = Record<string, readonly number[]>;

/** A state dict of the right names and shapes that holds no numbers. */
const shapesOnly = (shapes: Shapes): StateDict =>
  new Map(
    Object.entries(shapes).map(([name, shape]) => [
      name,
      { dtype: "F32" as const, shape, data: new Float32Array(0) },
    ]),
  );

const norm = (name: string, channels: number): Shapes => ({
  [`${name}.weight`]: [channels],
  [`${name}.bias`]: [channels],
  [`${name}.running_mean`]: [channels],
  [`${name}.running_var`]: [channels],
  [`${name}.num_batches_tracked`]: [],
});

/** torchvision models/resnet.py: the key list of resnet50 and resnet101. */
function torchvisionResNetKeys(blocks: readonly number[]): Shapes {
  const keys: Shapes = { "conv1.weight": [64, 3, 7, 7], ...norm("bn1", 64) };
  let input = 64;
  for (const [stage, count] of blocks.entries()) {
    const planes = 64 * 2 ** stage;
    for (let block = 0; block < count; block += 1) {
      const at = `layer${stage + 1}.${block}`;
      Object.assign(keys, {
        [`${at}.conv1.weight`]: [planes, input, 1, 1],
        ...norm(`${at}.bn1`, planes),
        [`${at}.conv2.weight`]: [planes, planes, 3, 3],
        ...norm(`${at}.bn2`, planes),
        [`${at}.conv3.weight`]: [planes * 4, planes, 1, 1],
        ...norm(`${at}.bn3`, planes * 4),
      });
      if (block === 0) {
        keys[`${at}.downsample.0.weight`] = [planes * 4, input, 1, 1];
        Object.assign(keys, norm(`${at}.downsample.1`, planes * 4));
      }
      input = planes * 4;
    }
  }
  return { ...keys, "fc.weight": [1000, 2048], "fc.bias": [1000] };
}

/** torchvision models/vgg.py: the key list of vgg16. */
function torchvisionVggKeys(): Shapes {
  const outputs: Record<number, number> = {
    0: 64,
    2: 64,
    5: 128,
    7: 128,
    10: 256,
    12: 256,
    14: 256,
  };
  for (const at of [17, 19, 21, 24, 26, 28]) outputs[at] = 512;
  const keys: Shapes = {};
  let input = 3;
  for (const [at, channels] of Object.entries(outputs)) {
    keys[`features.${at}.weight`] = [channels, input, 3, 3];
    keys[`features.${at}.bias`] = [channels];
    input = channels;
  }
  const linear = { 0: [4096, 25_088], 3: [4096, 4096], 6: [1000, 4096] };
  for (const [at, shape] of Object.entries(linear)) {
    keys[`classifier.${at}.weight`] = shape;
    keys[`classifier.${at}.bias`] = shape.slice(0, 1);
  }
  return keys;
}

/** psa network/resnet38d.py: the key list of its converted ImageNet file. */
function wideResNet38Keys(): Shapes {
  const keys: Shapes = { "conv1a.weight": [64, 3, 3, 3] };
  const plain = (
    name: string,
    [input, middle, output]: [number, number, number],
    joins: boolean,
  ) => {
    Object.assign(keys, norm(`${name}.bn_branch2a`, input), norm(`${name}.bn_branch2b1`, middle));
    keys[`${name}.conv_branch2a.weight`] = [middle, input, 3, 3];
    keys[`${name}.conv_branch2b1.weight`] = [output, middle, 3, 3];
    if (joins) keys[`${name}.conv_branch1.weight`] = [output, input, 1, 1];
  };
  const wide = (name: string, input: number, output: number) => {
    Object.assign(
      keys,
      norm(`${name}.bn_branch2a`, input),
      norm(`${name}.bn_branch2b1`, output / 4),
      norm(`${name}.bn_branch2b2`, output / 2),
    );
    keys[`${name}.conv_branch1.weight`] = [output, input, 1, 1];
    keys[`${name}.conv_branch2a.weight`] = [output / 4, input, 1, 1];
    keys[`${name}.conv_branch2b1.weight`] = [output / 2, output / 4, 3, 3];
    keys[`${name}.conv_branch2b2.weight`] = [output, output / 2, 1, 1];
  };
  plain("b2", [64, 128, 128], true);
  for (const at of [1, 2]) plain(`b2_${at}`, [128, 128, 128], false);
  plain("b3", [128, 256, 256], true);
  for (const at of [1, 2]) plain(`b3_${at}`, [256, 256, 256], false);
  plain("b4", [256, 512, 512], true);
  for (const at of [1, 2, 3, 4, 5]) plain(`b4_${at}`, [512, 512, 512], false);
  plain("b5", [512, 512, 1024], true);
  for (const at of [1, 2]) plain(`b5_${at}`, [1024, 512, 1024], false);
  wide("b6", 1024, 2048);
  wide("b7", 2048, 4096);
  return { ...keys, ...norm("bn7", 4096) };
}

describe("published weights fit with nothing missing and nothing over but the declared heads", () => {
  it.each([
    ["resnet50_tv_imagenet", torchvisionResNetKeys([3, 4, 6, 3])],
    ["resnet101_tv_imagenet", torchvisionResNetKeys([3, 4, 23, 3])],
    ["vgg16_tv_imagenet", torchvisionVggKeys()],
    ["wide_resnet38_a1_imagenet", wideResNet38Keys()],
  ] as const)("%s", (name, keys) => {
    const registered = findWeights(name);
    for (const backboneName of [registered.backbone, ...(registered.fits ?? [])]) {
      const { parameters, fresh } = createBackbone({ name: backboneName, outputStride: 8 });
      const scratch = new Set(fresh.map((parameter) => parameter.name));
      const published = parameters.filter((parameter) => !scratch.has(parameter.name));
      const report = compareWeights(published, shapesOnly(keys));
      const unexpected = report.unexpected.filter((array) => !isBookkeeping(array));
      expect(report.missing).toEqual([]);
      expect(report.misshaped).toEqual([]);
      expect(unexpected.toSorted()).toEqual(
        registered.head.filter((array) => array in keys).toSorted(),
      );
    }
  });

  it("counts WideResNet-38's convolution parameters as the paper's network has them", () => {
    const { parameters } = createBackbone({ name: "wide-resnet-38", outputStride: 8 });
    const convolutions = parameters.filter(({ role }) => role === "weight");
    const count = convolutions.reduce(
      (sum, { shape }) => sum + shape.reduce((all, extent) => all * extent, 1),
      0,
    );
    expect(count / 1e6).toBeCloseTo(105.0, 0);
  });
});

describe("readStateDict", () => {
  it("refuses files of other kinds and MXNet files of networks it has no names for", async () => {
    await expect(readStateDict("weights.onnx", "resnet-50")).rejects.toThrow(/\.onnx/u);
    await expect(readStateDict("vgg16.params", "vgg-16")).rejects.toThrow(/wide-resnet-38/u);
  });
});
