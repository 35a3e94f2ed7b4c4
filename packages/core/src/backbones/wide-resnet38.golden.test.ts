import { beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { describeGolden, expectGolden, type Golden } from "../../test/golden.ts";
import { fromNchw, nchwValues } from "../../test/nchw.ts";
import { activateBackend } from "../tensor/backend.ts";
import { conv2d } from "../tensor/conv.ts";
import { toMemoryLayout } from "../tensor/layout.ts";
import { float32Array } from "../tensor/state-dict.ts";
import { tf } from "../tensor/tf.ts";
import { type Weights, weightsFromStateDict } from "../tensor/weights.ts";
import { convParameter } from "./conv-norm.ts";
import { formulaWeights } from "./formula-weights.ts";
import {
  type WideResNetBlock,
  wideResNet38Parameters,
  wideResNet38Taps,
  wideResNetBlock,
} from "./wide-resnet38.ts";

beforeAll(async () => {
  await activateBackend();
});

function storedWeights(golden: Golden): Weights {
  const names = ["2a", "2b1", "2b2", "1"].flatMap((branch) => [
    `conv_branch${branch}.weight`,
    ...["weight", "bias", "running_mean", "running_var"].map(
      (part) => `bn_branch${branch}.${part}`,
    ),
  ]);
  return new Map(
    names
      .filter((name) => golden.has(name))
      .map((name) => {
        const array = float32Array(golden.shape(name), golden.f32(name));
        return [name, toMemoryLayout(array, array.shape.length === 4 ? "conv" : "vector")] as const;
      }),
  );
}

const BLOCKS = [
  [
    "net_r38_resblock",
    { kind: "plain", input: 16, middle: 24, output: 32, stride: 2, dilations: [1, 1] },
  ],
  [
    "net_r38_resblock_bot",
    { kind: "bottleneck", input: 32, output: 64, dilation: 4, dropout: 0.3 },
  ],
] as const satisfies readonly (readonly [string, WideResNetBlock])[];

for (const [name, block] of BLOCKS) {
  describeGolden(name, (golden) => {
    it("gives the same output and activated input", async () => {
      const x = fromNchw(golden, "input");
      const { activated, output } = wideResNetBlock(x, storedWeights(golden), ["", block], null);
      expectGolden(golden, "x_bn_relu", await nchwValues(activated));
      expectGolden(golden, "output", await nchwValues(output));
    });
  });
}

describeGolden("net_resnet38_formula", (golden) => {
  it("gives the same features of every depth, CAM and logits at full width", async () => {
    const parameters = [...wideResNet38Parameters(), convParameter("fc8", [20, 4096, 1, 1])];
    const shapes = z.array(z.tuple([z.string(), z.array(z.int())])).parse(golden.params.state_dict);
    const arrays = formulaWeights(shapes, {
      baseSeed: golden.number("base_seed"),
      gain: golden.number("gain"),
    });
    expect(parameters.map(({ name }) => name).toSorted()).toEqual([...arrays.keys()].toSorted());
    const weights = weightsFromStateDict(parameters, arrays, "formula");
    const taps = wideResNet38Taps(fromNchw(golden, "input"), weights, null);
    const sampled = async (x: tf.Tensor4D, every: number) =>
      nchwValues(tf.stridedSlice(x, [0, 0, 0, 0], x.shape, [1, 1, 1, every]));
    expectGolden(golden, "conv4", await sampled(taps.conv4, 1));
    expectGolden(golden, "conv5", await sampled(taps.conv5, 4));
    expectGolden(golden, "conv6", await sampled(taps.conv6, 16));
    const maps = conv2d(taps.conv6, weights.get("fc8.weight") as tf.Tensor4D);
    expectGolden(golden, "logits", await tf.mean(maps, [1, 2]).data());
    expectGolden(golden, "cam", await nchwValues(tf.relu(maps)));
  });
});
