import { beforeAll, describe, expect, it } from "vitest";
import { activateBackend } from "./backend.ts";
import { channelDropout } from "./channel-dropout.ts";
import { createRandom } from "./random.ts";
import { tf } from "./tf.ts";

beforeAll(() => activateBackend());

const dropped = (seed: number): number[] => {
  const y = tf.tidy(() => channelDropout(createRandom(seed))(tf.ones([2, 2, 3, 400]), 0.25));
  const values = [...y.dataSync()];
  y.dispose();
  return values;
};

describe("channelDropout", () => {
  it("drops whole channels of an image and keeps the mean", () => {
    const values = dropped(1);
    const pixel = (at: number): number[] => values.slice(at * 400, (at + 1) * 400);
    expect(pixel(5)).toEqual(pixel(0));
    expect(pixel(6)).not.toEqual(pixel(0));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(mean - 1)).toBeLessThan(0.1);
    expect(new Set(values.map((value) => value.toFixed(4)))).toEqual(new Set(["0.0000", "1.3333"]));
  });

  it("drops the same again from the same stream", () => {
    expect(dropped(7)).toEqual(dropped(7));
    expect(dropped(8)).not.toEqual(dropped(7));
  });
});
