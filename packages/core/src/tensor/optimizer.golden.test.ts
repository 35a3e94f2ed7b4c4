import { beforeAll, it } from "vitest";
import { describeGolden, expectGolden } from "../../test/golden.ts";
import { OPTIMISATION_DEFAULTS } from "../contract/config-fields.ts";
import { activateBackend } from "./backend.ts";
import { conv2d } from "./conv.ts";
import { fromNchw, toFileLayout, toMemoryLayout } from "./layout.ts";
import { float32Array } from "./state-dict.ts";
import { tf } from "./tf.ts";
import { startTraining, trainingStep } from "./training.ts";
import { weightOf } from "./weights.ts";

beforeAll(async () => {
  await activateBackend();
});

describeGolden("optim_poly_psa", (golden) => {
  it("steps as psa's optimiser does, momentum 5e-4 and power 0.9", async () => {
    const array = (name: string) => float32Array(golden.shape(name), golden.f32(name));
    const lrs = golden.params["lrs"] as [number, number][];
    let state = startTraining(
      new Map([
        ["w", toMemoryLayout(array("w0"), "conv")],
        ["b", toMemoryLayout(array("b0"), "vector")],
      ]),
    );
    for (const step of [0, 1, 2]) {
      const x = fromNchw(array(`x${step}`));
      const [images, classes] = golden.shape(`y${step}`) as [number, number];
      const y = tf.tensor2d(golden.f32(`y${step}`), [images, classes]);
      const done = await trainingStep({
        state,
        rules: [
          { name: "w", learningRateFactor: 1, weightDecay: golden.number("weight_decay") },
          { name: "b", learningRateFactor: lrs[0]![1] / lrs[0]![0], weightDecay: 0 },
        ],
        optimisation: {
          ...OPTIMISATION_DEFAULTS,
          epochs: 1,
          learningRate: lrs[0]![0],
          headLearningRateFactor: 1,
          momentum: golden.number("momentum_effective"),
          weightDecay: 0,
          polyPower: golden.number("power"),
        },
        totalSteps: golden.number("max_step"),
        batch: {},
        objective(weights) {
          const maps = conv2d(x, weightOf(weights, "w"));
          const logits = tf.add(tf.mean(maps, [1, 2]), weightOf(weights, "b"));
          return { loss: tf.mean(tf.sub(tf.softplus(logits), tf.mul(y, logits))) };
        },
      });
      state = done.state;
      expectGolden(golden, `loss${step}`, [done.loss]);
      expectGolden(
        golden,
        `w${step + 1}`,
        (await toFileLayout(weightOf(state.weights, "w"), "conv")).data,
      );
      expectGolden(golden, `b${step + 1}`, await weightOf(state.weights, "b").data());
    }
  });
});
