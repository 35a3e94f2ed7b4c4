import { beforeAll, it } from "vitest";
import { describeGolden, expectGolden } from "../../test/golden.ts";
import { fromNchw, nchwValues } from "../../test/nchw.ts";
import { activateBackend } from "../tensor/backend.ts";
import { tf } from "../tensor/tf.ts";
import { innerGrid, pathOffsets } from "./boundary-affinity.ts";
import { boundaryLosses, taughtPairs } from "./boundary-loss.ts";

beforeAll(async () => {
  await activateBackend();
});

describeGolden("irn_affinity_loss", (golden) => {
  const radiusInFeatures = golden.number("radius");
  const [count = 0, height = 0, width = 0] = golden.shape("label_map");
  const labels = () =>
    tf.tensor3d(Int32Array.from(golden.u8("label_map")), [count, height, width], "int32");

  it("searches the same pairs in the same order", () => {
    expectGolden(
      golden,
      "search_dst",
      pathOffsets(radiusInFeatures).flatMap(({ dy, dx }) => [dy, dx]),
    );
    const { rows, columns, left } = innerGrid({ height, width }, radiusInFeatures);
    const sources = Array.from({ length: rows * columns }, (_, at) => {
      const row = Math.floor(at / columns);
      return row * width + left + (at % columns);
    });
    expectGolden(golden, "src_indices", sources);
  });

  it("teaches the same pairs", async () => {
    const pairs = taughtPairs(labels(), { radiusInFeatures, classes: 20 });
    expectGolden(golden, "bg_pos", await nchwValues(pairs.background));
    expectGolden(golden, "fg_pos", await nchwValues(pairs.foreground));
    expectGolden(golden, "neg", await nchwValues(pairs.negative));
  });

  it("has the same losses and gradients", async () => {
    const pairs = taughtPairs(labels(), { radiusInFeatures, classes: 20 });
    const lossesOf = (edge: tf.Tensor, displacements: tf.Tensor) =>
      boundaryLosses(tf.sigmoid(edge as tf.Tensor4D), displacements as tf.Tensor4D, pairs, {
        radiusInFeatures,
      });
    const inputs = [fromNchw(golden, "edge_logit"), fromNchw(golden, "dp")] as const;
    const losses = lossesOf(...inputs);
    const values = await Promise.all(
      [
        losses.positive,
        losses.negative,
        losses.foregroundDisplacement,
        losses.backgroundDisplacement,
        losses.total,
      ].map(async (loss) => (await loss.data())[0]!),
    );
    expectGolden(golden, "losses", values);
    const [edge, displacements] = tf.grads((a, b) => lossesOf(a, b).total)([...inputs]);
    expectGolden(golden, "grad_edge", await nchwValues(edge!));
    expectGolden(golden, "grad_dp", await nchwValues(displacements!));
  });
});
