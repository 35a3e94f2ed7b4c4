import { beforeAll, it } from "vitest";
import { describeGolden, expectGolden } from "../../test/golden.ts";
import { fromNchw, fromOihw, nchwValues } from "../../test/nchw.ts";
import { activateBackend } from "../tensor/backend.ts";
import { tf } from "../tensor/tf.ts";
import { affinityFeatures } from "./affinity-net.ts";
import { affinityLabels, pairLabels } from "./affinity-labels.ts";
import { affinityLosses, pairKindsTensor } from "./affinity-loss.ts";
import { pairAffinities } from "./pair-affinities.ts";

beforeAll(async () => {
  await activateBackend();
});

describeGolden("affinity_psa", (golden) => {
  const height = golden.number("height");
  const width = golden.number("width");
  const options = { radiusInFeatures: golden.number("radius"), borders: "psa-compat" } as const;
  const reach = options.radiusInFeatures - 1;
  /** [1, h, w, K] → the release's [K, start pixels]. */
  const gathered = async (planes: tf.Tensor4D) =>
    nchwValues(tf.slice(planes, [0, 0, reach, 0], [1, height - reach, width - 2 * reach, -1]));
  const kinds = () => {
    const [planes = 0, fullHeight = 0, fullWidth = 0] = golden.shape("crf_low");
    const scores = (tensor: string) => ({
      height: fullHeight,
      width: fullWidth,
      classes: Int32Array.from({ length: planes - 1 }, (_, classIndex) => classIndex),
      data: golden.f32(tensor),
    });
    const labels = affinityLabels(scores("crf_low"), scores("crf_high"), { stride: 8 });
    return pairKindsTensor([pairLabels(labels, options)], { height, width });
  };

  it("has the same features and affinities", async () => {
    const features = affinityFeatures(
      {
        conv4: fromNchw(golden, "conv4"),
        conv5: fromNchw(golden, "conv5"),
        conv6: fromNchw(golden, "conv6"),
      },
      {
        f8_3: fromOihw(golden, "f8_3.weight"),
        f8_4: fromOihw(golden, "f8_4.weight"),
        f8_5: fromOihw(golden, "f8_5.weight"),
        f9: fromOihw(golden, "f9.weight"),
      },
    );
    expectGolden(golden, "feature", await nchwValues(features));
    expectGolden(golden, "aff", await gathered(pairAffinities(features, options)));
  });

  it("has the same losses and gradients", async () => {
    const features = fromNchw(golden, "feature");
    const labels = kinds();
    const affinities = pairAffinities(features, options);
    const { background, foreground, negative, total } = affinityLosses(affinities, labels);
    const losses = [background, foreground, negative, total];
    const values = await Promise.all(losses.map(async (loss) => (await loss.data())[0]!));
    expectGolden(golden, "losses", values);
    const ofAffinities = tf.grad((x) => affinityLosses(x as tf.Tensor4D, labels).total);
    expectGolden(golden, "grad_aff", await gathered(ofAffinities(affinities) as tf.Tensor4D));
    const ofFeatures = tf.grad(
      (x) => affinityLosses(pairAffinities(x as tf.Tensor4D, options), labels).total,
    );
    expectGolden(golden, "grad_feature", await nchwValues(ofFeatures(features)));
  });
});
