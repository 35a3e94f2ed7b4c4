import { beforeAll, it } from "vitest";
import { describeGolden, expectGolden } from "../../test/golden.ts";
import { fromNchw, nchwValues } from "../../test/nchw.ts";
import { activateBackend } from "../tensor/backend.ts";
import { tf } from "../tensor/tf.ts";
import { focalPenalty } from "./focal-penalty.ts";
import { maskLoss } from "./mask-loss.ts";
import { maskByLabels, pseudoGroundTruth } from "./pseudo-ground-truth.ts";

beforeAll(async () => {
  await activateBackend();
});

describeGolden("onestage_mask_loss", (golden) => {
  const labels = () => {
    const [count = 0, classes = 0] = golden.shape("label");
    return tf.tensor2d(golden.f32("label"), [count, classes]);
  };

  it("is sure of the same pixels", async () => {
    const truth = pseudoGroundTruth(maskByLabels(fromNchw(golden, "mask"), labels()), {
      topShare: golden.number("cutoff_top"),
      least: golden.number("cutoff_low"),
      backgroundShare: golden.number("bg_factor"),
    });
    expectGolden(golden, "pseudo_gt", await nchwValues(truth));
  });

  it("has the same loss and gradient", async () => {
    const truth = fromNchw(golden, "pseudo_gt");
    const loss = (x: tf.Tensor) => maskLoss(x as tf.Tensor4D, truth, labels());
    const logits = fromNchw(golden, "logits");
    expectGolden(golden, "loss", await loss(logits).data());
    const gradient = tf.grad((x) => tf.sum(loss(x)))(logits);
    expectGolden(golden, "grad_logits", await nchwValues(gradient));
  });

  it("has the same size penalty", async () => {
    const penalty = focalPenalty(tf.tensor1d(golden.f32("focal_in")), {
      power: golden.number("focal_p"),
      lambda: golden.number("focal_c"),
    });
    expectGolden(golden, "focal_out", await penalty.data());
  });
});
