import { beforeAll, it } from "vitest";
import { describeGolden, expectGolden } from "../../test/golden.ts";
import { activateBackend } from "../tensor/backend.ts";
import { tf } from "../tensor/tf.ts";
import { multiLabelSoftMarginLoss } from "./multilabel-loss.ts";

beforeAll(async () => {
  await activateBackend();
});

describeGolden("loss_multilabel_soft_margin", (golden) => {
  it("is the reference's, and so is its gradient", async () => {
    const [images, classes] = golden.shape("logits") as [number, number];
    const logits = tf.tensor2d(golden.f32("logits"), [images, classes]);
    const labels = tf.tensor2d(golden.f32("label"), [images, classes]);
    const { value, grad } = tf.valueAndGrad((x) =>
      multiLabelSoftMarginLoss(x as tf.Tensor2D, labels),
    )(logits);
    expectGolden(golden, "loss", await value.data());
    expectGolden(golden, "grad", await grad.data());
    tf.dispose([logits, labels, value, grad]);
  });
});
