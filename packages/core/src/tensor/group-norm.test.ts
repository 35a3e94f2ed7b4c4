import { beforeAll, describe, expect, it } from "vitest";
import { activateBackend } from "./backend.ts";
import { groupNorm } from "./group-norm.ts";
import { tf } from "./tf.ts";

beforeAll(async () => {
  await activateBackend();
});

const plain = (channels: number) => ({
  scale: tf.ones<tf.Rank.R1>([channels]),
  offset: tf.zeros<tf.Rank.R1>([channels]),
});

describe("groupNorm", () => {
  it("gives the offset for a constant image", async () => {
    const x = tf.mul(tf.ones<tf.Rank.R4>([1, 2, 2, 4]), 7) as tf.Tensor4D;
    const norm = { ...plain(4), offset: tf.tensor1d([1, 2, 3, 4]) };
    const y = await groupNorm(x, norm, { groups: 2 }).data();
    expect([...y.slice(0, 4)]).toEqual([1, 2, 3, 4]);
  });

  it("normalises each group over pixels and its channels", async () => {
    // Group 0 holds 1, 3 (mean 2, deviation 1), group 1 holds 10, 30 (mean 20, deviation 10).
    const y = await groupNorm(tf.tensor4d([1, 3, 10, 30], [1, 1, 1, 4]), plain(4), {
      groups: 2,
    }).data();
    [-1, 1, -1, 1].forEach((value, at) => expect(y[at]).toBeCloseTo(value, 4));
  });

  it("does not mix images of a batch", async () => {
    const one = tf.randomNormal<tf.Rank.R4>([1, 3, 3, 4], 0, 1, "float32", 1);
    const other = tf.randomNormal<tf.Rank.R4>([1, 3, 3, 4], 5, 2, "float32", 2);
    const both = groupNorm(tf.concat([one, other]), plain(4), { groups: 2 });
    const alone = await groupNorm(one, plain(4), { groups: 2 }).data();
    const together = await tf.slice(both, 0, 1).data();
    alone.forEach((value, at) => expect(together[at]).toBeCloseTo(value, 5));
  });

  it("refuses groups that do not divide the channels", () => {
    expect(() => groupNorm(tf.ones([1, 1, 1, 4]), plain(4), { groups: 3 })).toThrow(
      "expected channels divisible by 3, got 4",
    );
  });
});
