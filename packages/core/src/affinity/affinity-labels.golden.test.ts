import { it } from "vitest";
import { describeGolden, expectGolden } from "../../test/golden.ts";
import { affinityLabels, PAIR_KINDS, pairLabels } from "./affinity-labels.ts";
import { affinityPlanes } from "./affinity-planes.ts";
import { pairStarts, pixelOffsets } from "./pixel-pairs.ts";

describeGolden("affinity_psa", (golden) => {
  const height = golden.number("height");
  const width = golden.number("width");
  const radiusInFeatures = golden.number("radius");
  const borders = "psa-compat";
  const offsets = pixelOffsets(radiusInFeatures);
  const { rows, left, right } = pairStarts(
    { height, width },
    offsets[0]!,
    borders,
    radiusInFeatures,
  );
  const starts = Array.from({ length: rows }, (_, y) =>
    Array.from({ length: right - left }, (__, x) => y * width + left + x),
  ).flat();
  /** [K, h, w] → the release's [K, start pixels]. */
  const gathered = (planes: ArrayLike<number>) =>
    offsets.flatMap((_, plane) => starts.map((p) => planes[plane * height * width + p]!));

  it("pairs the same pixels in the same order", () => {
    expectGolden(golden, "ind_from", starts);
    const partners = offsets.flatMap(({ dy, dx }) => starts.map((p) => p + dy * width + dx));
    expectGolden(golden, "ind_to", partners);
  });

  it("has the same affinities", () => {
    const options = { height, width, radiusInFeatures, borders } as const;
    const { data } = affinityPlanes(golden.f32("feature"), options);
    expectGolden(golden, "aff", gathered(data));
  });

  it("labels the same pixels and pairs", () => {
    const [planes = 0, fullHeight = 0, fullWidth = 0] = golden.shape("crf_low");
    const scores = (tensor: string) => ({
      height: fullHeight,
      width: fullWidth,
      classes: Int32Array.from({ length: planes - 1 }, (_, classIndex) => classIndex),
      data: golden.f32(tensor),
    });
    const labels = affinityLabels(scores("crf_low"), scores("crf_high"), { stride: 8 });
    expectGolden(golden, "label_map", labels.data);
    const kinds = gathered(pairLabels(labels, { radiusInFeatures, borders }));
    for (const [tensor, wanted] of [
      ["bg_pos", PAIR_KINDS.backgroundPositive],
      ["fg_pos", PAIR_KINDS.foregroundPositive],
      ["neg", PAIR_KINDS.negative],
    ] as const) {
      expectGolden(
        golden,
        tensor,
        kinds.map((kind) => Number(kind === wanted)),
      );
    }
  });
});
