import { beforeAll, expect, it } from "vitest";
import { describeGolden, expectGolden } from "../../test/golden.ts";
import { fromNchw, fromOihw, nchwValues, oihwValues } from "../../test/nchw.ts";
import { conv2d } from "../tensor/conv.ts";
import { activateBackend } from "../tensor/backend.ts";
import { tf } from "../tensor/tf.ts";
import { crossTarget } from "./cross-regularisation-loss.ts";
import { maxNormalise } from "./max-normalise.ts";
import { correlatePixels } from "./pcm.ts";
import { seamMaps, upsampleSeamMaps } from "./seam-head.ts";
import { siameseLosses } from "./siamese-losses.ts";

beforeAll(async () => {
  await activateBackend();
});

describeGolden("seam_pcm", (golden) => {
  it.each([512, 64, 196])("gives the same maps and gradients in blocks of %i", async (block) => {
    const [cam, features, f9] = [
      fromNchw(golden, "cam"),
      fromNchw(golden, "f"),
      fromOihw(golden, "f9_weight"),
    ];
    const revise = (maps: tf.Tensor, input: tf.Tensor, filter: tf.Tensor) =>
      correlatePixels(maps as tf.Tensor4D, conv2d(input as tf.Tensor4D, filter as tf.Tensor4D), {
        block,
      });
    expectGolden(golden, "cam_rv", await nchwValues(revise(cam, features, f9)));
    const slope = fromNchw(golden, "grad_out");
    const [camGradient, featuresGradient, f9Gradient] = tf.grads(revise)(
      [cam, features, f9],
      slope,
    ) as [tf.Tensor, tf.Tensor, tf.Tensor];
    expectGolden(golden, "grad_cam", await nchwValues(camGradient));
    expectGolden(golden, "grad_f", await nchwValues(featuresGradient));
    expectGolden(golden, "grad_f9_weight", await oihwValues(f9Gradient));
  });
});

describeGolden("seam_forward", (golden) => {
  it("gives the same CAMs and revised CAMs at image size", async () => {
    const images = fromNchw(golden, "x");
    const maps = seamMaps(
      images,
      {
        conv4: fromNchw(golden, "conv4"),
        conv5: fromNchw(golden, "conv5"),
        conv6: fromNchw(golden, "conv6"),
      },
      {
        fc8: fromOihw(golden, "fc8.weight"),
        f8_3: fromOihw(golden, "f8_3.weight"),
        f8_4: fromOihw(golden, "f8_4.weight"),
        f9: fromOihw(golden, "f9.weight"),
      },
    );
    const [, height, width] = images.shape;
    const whole = upsampleSeamMaps(maps, { height, width });
    expectGolden(golden, "cam", await nchwValues(whole.cam));
    expectGolden(golden, "cam_rv", await nchwValues(whole.revisedCam));
  });
});

/** Multi-label soft margin loss: −y·log σ(x) − (1 − y)·log σ(−x) = softplus(x) − y·x. */
const softMargin = (logits: tf.Tensor2D, labels: tf.Tensor2D): tf.Scalar =>
  tf.mean(tf.sub(tf.softplus(logits), tf.mul(labels, logits)));

describeGolden("seam_losses", (golden) => {
  const labels = () => {
    const [count = 0, classes = 0] = golden.shape("label");
    return tf.tensor2d(golden.f32("label"), [count, classes]);
  };
  const lossesOf = (cam1: tf.Tensor, revised1: tf.Tensor, cam2: tf.Tensor, revised2: tf.Tensor) =>
    siameseLosses(
      {
        large: { cam: cam1 as tf.Tensor4D, revisedCam: revised1 as tf.Tensor4D },
        small: { cam: cam2 as tf.Tensor4D, revisedCam: revised2 as tf.Tensor4D },
      },
      labels(),
      softMargin,
    );
  const inputs = () =>
    ["cam1", "cam_rv1", "cam2", "cam_rv2"].map((name) => fromNchw(golden, name)) as [
      tf.Tensor4D,
      tf.Tensor4D,
      tf.Tensor4D,
      tf.Tensor4D,
    ];

  it("gives the same ten losses", async () => {
    const losses = lossesOf(...inputs());
    const ours = await Promise.all(
      [
        losses.classificationLarge,
        losses.classificationSmall,
        losses.suppressionLarge,
        losses.suppressionSmall,
        losses.equivariance,
        losses.crossLarge,
        losses.crossSmall,
        losses.classification,
        losses.crossRegularisation,
        losses.total,
      ].map(async (loss) => (await loss.data())[0]!),
    );
    expectGolden(golden, "losses", ours);
  });

  it("gives the same gradients of the total", async () => {
    const gradients = tf.grads(
      (...maps: tf.Tensor[]) => lossesOf(...(maps as ReturnType<typeof inputs>)).total,
    )(inputs());
    const names = ["grad_cam1", "grad_cam_rv1", "grad_cam2", "grad_cam_rv2"];
    for (const [at, gradient] of gradients.entries()) {
      expectGolden(golden, names[at]!, await nchwValues(gradient));
    }
  });

  it("normalises and picks the strongest class as the release does", async () => {
    const cam1 = fromNchw(golden, "cam1");
    expectGolden(golden, "max_norm_cam1", await nchwValues(maxNormalise(cam1)));
    const target = crossTarget(fromNchw(golden, "cam2_before_onehot"));
    expect(await nchwValues(target)).toHaveLength(golden.f32("max_onehot_cam2").length);
    expectGolden(golden, "max_onehot_cam2", await nchwValues(target));
  });
});
