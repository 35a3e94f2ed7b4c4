import { beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { describeGolden, expectGolden } from "../../test/golden.ts";
import { fromNchw, nchwValues, oihwValues } from "../../test/nchw.ts";
import { activateBackend } from "../tensor/backend.ts";
import { conv2d } from "../tensor/conv.ts";
import { toMemoryLayout } from "../tensor/layout.ts";
import { float32Array } from "../tensor/state-dict.ts";
import { tf } from "../tensor/tf.ts";
import { type Weights, weightsFromStateDict } from "../tensor/weights.ts";
import { convParameter } from "./conv-norm.ts";
import { formulaWeights } from "./formula-weights.ts";
import {
  bottleneck,
  resNetParameters,
  resNetStage,
  resNetStem,
  resNetStemConv,
  resNetTaps,
} from "./resnet.ts";
import { irnResNet } from "./resnet-plans.ts";

beforeAll(async () => {
  await activateBackend();
});

/** Every `every`-th channel of [N, h, w, D], in NCHW order. */
async function sampled(x: tf.Tensor4D, every: number): Promise<Float32Array> {
  const [count, height, width, depth] = x.shape;
  const taken = tf.stridedSlice(x, [0, 0, 0, 0], [count, height, width, depth], [1, 1, 1, every]);
  return nchwValues(taken);
}

describeGolden("net_irn_bottleneck", (golden) => {
  it("gives the same output and gradients, the norm's included", async () => {
    const names = {
      reduce: { conv: "conv1", norm: "bn1" },
      conv3x3: { conv: "conv2", norm: "bn2" },
      increase: { conv: "conv3", norm: "bn3" },
      shortcut: { conv: "downsample.0", norm: "downsample.1" },
    };
    const weights = new Map<string, tf.Tensor>();
    for (const { conv, norm } of Object.values(names)) {
      for (const name of [
        `${conv}.weight`,
        ...["weight", "bias", "running_mean", "running_var"].map((part) => `${norm}.${part}`),
      ]) {
        const array = float32Array(golden.shape(name), golden.f32(name));
        weights.set(name, toMemoryLayout(array, array.shape.length === 4 ? "conv" : "vector"));
      }
    }
    const learned = ["conv2.weight", "bn2.weight", "bn2.bias"];
    const block = { stride: 2, dilation: 1, strideIn: "3x3" } as const;
    const run = (x: tf.Tensor, ...changed: tf.Tensor[]) =>
      bottleneck(
        x as tf.Tensor4D,
        new Map([...weights, ...learned.map((name, at) => [name, changed[at]!] as const)]),
        names,
        block,
      );
    const inputs = [fromNchw(golden, "input"), ...learned.map((name) => weights.get(name)!)];
    expectGolden(golden, "output", await nchwValues(run(inputs[0]!, ...inputs.slice(1))));
    const slope = fromNchw(golden, "grad_output");
    const [input, conv2, scale, offset] = tf.grads(run)(inputs, slope);
    expectGolden(golden, "grad_input", await nchwValues(input!));
    expectGolden(golden, "grad_conv2", await oihwValues(conv2!));
    expectGolden(golden, "grad_bn2_weight", await scale!.data());
    expectGolden(golden, "grad_bn2_bias", await offset!.data());
  });
});

describeGolden("net_deeplab_stem_layer", (golden) => {
  it("strides in the first convolution and pools in ceil mode", async () => {
    const plan = {
      stages: [{ blocks: 2, stride: 2, dilations: [1, 1] }],
      strideIn: "first-1x1",
      ceilPool: true,
      naming: "deeplab-pytorch",
      width: 16,
      frozenStages: 0,
    } as const;
    const weights = new Map<string, tf.Tensor>();
    for (const { name, kind } of resNetParameters(plan)) {
      if (!golden.has(name)) continue;
      weights.set(name, toMemoryLayout(float32Array(golden.shape(name), golden.f32(name)), kind));
    }
    const images = fromNchw(golden, "input");
    const conv = resNetStemConv(images, weights, plan);
    expectGolden(golden, "conv1_out", await nchwValues(conv));
    const stem = resNetStem(images, weights, plan);
    expectGolden(golden, "stem_out", await nchwValues(stem));
    expectGolden(golden, "output", await nchwValues(resNetStage(stem, weights, plan, 0)));
  });
});

describeGolden("net_resnet50_formula", (golden) => {
  const plan = irnResNet(50);
  const parameters = [...resNetParameters(plan), convParameter("classifier", [20, 2048, 1, 1])];
  const load = (): Weights => {
    const shapes = z.array(z.tuple([z.string(), z.array(z.int())])).parse(golden.params.state_dict);
    const arrays = formulaWeights(shapes, {
      baseSeed: golden.number("base_seed"),
      gain: golden.number("gain"),
    });
    expect(parameters.map(({ name }) => name).toSorted()).toEqual([...arrays.keys()].toSorted());
    return weightsFromStateDict(parameters, arrays, "formula");
  };

  it("gives the same features of every stage, logits and CAM", async () => {
    const weights = load();
    const { stages } = resNetTaps(fromNchw(golden, "input"), weights, plan);
    for (const [at, every] of [8, 8, 8, 16].entries()) {
      expectGolden(golden, `stage${at + 1}`, await sampled(stages[at]!, every));
    }
    const maps = conv2d(stages[3]!, weights.get("classifier.weight") as tf.Tensor4D);
    expectGolden(golden, "logits", await tf.mean(maps, [1, 2]).data());
    // irn adds the second image of the pair, mirrored.
    const [image, mirrored] = tf.split(tf.relu(maps), 2, 0);
    const cam = tf.add(image!, tf.reverse(mirrored!, 2));
    expectGolden(golden, "cam", await nchwValues(cam));
  });
});
