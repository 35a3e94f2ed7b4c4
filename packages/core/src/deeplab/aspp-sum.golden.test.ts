import { beforeAll, expect, it } from "vitest";
import { describeGolden, expectGolden } from "../../test/golden.ts";
import { OPTIMISATION_DEFAULTS } from "../contract/config-fields.ts";
import { activateBackend } from "../tensor/backend.ts";
import { fromNchw, toFileLayout, toNchw } from "../tensor/layout.ts";
import { resizeLabels } from "../tensor/resize.ts";
import { float32Array } from "../tensor/state-dict.ts";
import { tf } from "../tensor/tf.ts";
import { startTraining, trainingStep } from "../tensor/training.ts";
import { disposeWeights, type Weights, weightOf, weightsFromStateDict } from "../tensor/weights.ts";
import { asppSum } from "./aspp-sum.ts";
import { segmentationLoss } from "./segmentation-loss.ts";

beforeAll(async () => {
  await activateBackend();
});

describeGolden("net_deeplabv2_aspp_sgd", (golden) => {
  const rates = golden.params["rates"] as number[];
  const head = asppSum({ inputs: 24, channels: 0, labels: 21, outputStride: 8 }, rates);
  const arrays = new Map(
    head.parameters.map(({ name }) => [name, float32Array(golden.shape(name), golden.f32(name))]),
  );
  const load = (): Weights => weightsFromStateDict(head.parameters, arrays, golden.name);
  const input = (): tf.Tensor4D =>
    fromNchw(float32Array(golden.shape("input"), golden.f32("input")));
  const labelMaps = (): tf.Tensor3D => {
    const shape = golden.shape("labels") as [number, number, number];
    const large = tf.tensor3d(Int32Array.from(golden.u8("labels")), shape, "int32");
    const [, height, width] = golden.shape("labels_small") as [number, number, number];
    const small = resizeLabels(large, { height, width });
    large.dispose();
    return small;
  };

  it("gives the reference's scores, loss and gradients", async () => {
    const weights = load();
    const [features, labels] = [input(), labelMaps()];
    expectGolden(golden, "labels_small", await labels.data());
    const logits = head.infer(weights, features);
    expectGolden(golden, "output", await toNchw(logits).data());
    const names = ["aspp.c0.weight", "aspp.c1.bias"];
    const { value, grads } = tf.valueAndGrads((x, weight, bias) =>
      segmentationLoss(
        head.infer(
          new Map([...weights, [names[0]!, weight!], [names[1]!, bias!]]),
          x as tf.Tensor4D,
        ),
        labels,
      ),
    )([features, ...names.map((name) => weightOf(weights, name))]);
    expect((await value.data())[0]).toBeCloseTo(golden.f32("losses")[0]!, 4);
    expectGolden(golden, "grad_input", await toNchw(grads[0] as tf.Tensor4D).data());
    expectGolden(golden, "grad_c0_weight", (await toFileLayout(grads[1]!, "conv")).data);
    expectGolden(golden, "grad_c1_bias", await grads[2]!.data());
    disposeWeights(weights);
  });

  it("gives the reference's weights after one step and after two, momentum included", async () => {
    const [features, labels] = [input(), labelMaps()];
    const lr = golden.number("lr_weights");
    let state = startTraining(load());
    const losses: number[] = [];
    for (const step of [1, 2]) {
      const done = await trainingStep({
        state,
        rules: head.parameters.map(({ name, role }) => ({
          name,
          learningRateFactor: role === "weight" ? 1 : golden.number("lr_biases") / lr,
          weightDecay: role === "weight" ? golden.number("weight_decay_weights") : 0,
        })),
        optimisation: {
          ...OPTIMISATION_DEFAULTS,
          epochs: 1,
          learningRate: lr,
          headLearningRateFactor: 1,
          momentum: golden.number("momentum"),
          weightDecay: 0,
          polyPower: 0,
        },
        totalSteps: 2,
        batch: {},
        objective: (weights) => ({ loss: segmentationLoss(head.infer(weights, features), labels) }),
      });
      state = done.state;
      losses.push(done.loss);
      const weight = await toFileLayout(weightOf(state.weights, "aspp.c0.weight"), "conv");
      expectGolden(golden, `after${step}:aspp.c0.weight`, weight.data);
      expectGolden(
        golden,
        `after${step}:aspp.c1.bias`,
        await weightOf(state.weights, "aspp.c1.bias").data(),
      );
    }
    expectGolden(golden, "losses", losses);
  });
});
