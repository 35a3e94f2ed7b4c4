import { beforeAll, it } from "vitest";
import { describeGolden, expectGolden } from "../../test/golden.ts";
import { fromNchw, nchwValues } from "../../test/nchw.ts";
import { activateBackend } from "../tensor/backend.ts";
import { tf } from "../tensor/tf.ts";
import { integralAttentionLoss } from "./integral-loss.ts";

beforeAll(async () => {
  await activateBackend();
});

describeGolden("oaa_integral_loss", (golden) => {
  it("gives the same loss and gradient", async () => {
    const attention = fromNchw(golden, "target");
    const loss = (x: tf.Tensor) => integralAttentionLoss(x as tf.Tensor4D, attention);
    const logits = fromNchw(golden, "input");
    expectGolden(golden, "loss", await loss(logits).data());
    expectGolden(golden, "grad", await nchwValues(tf.grad(loss)(logits)));
  });
});
