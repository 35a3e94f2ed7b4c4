import { describe, expect, it } from "vitest";
import type { AccumulationImage } from "./accumulation.ts";
import { accumulatedMaps, createAccumulation, visitImage } from "./accumulation.ts";
import { decodeAccumulation, encodeAccumulation } from "./accumulation-file.ts";

const image: AccumulationImage = { key: "a", height: 1, width: 2, classes: [0, 2] };
const bare: AccumulationImage = { key: "bare", height: 1, width: 2, classes: [] };
const maps = (...data: number[]) => ({
  height: 1,
  width: 2,
  classes: Int32Array.of(0, 2),
  data: Float32Array.from(data),
});
const confident = [5, 0, 5];

describe("visitImage", () => {
  it("changes nothing for an image without labels", () => {
    const accumulation = createAccumulation([bare]);
    const none = { height: 1, width: 2, classes: new Int32Array(0), data: new Float32Array(0) };
    const visit = { imageKey: "bare", maps: none, logits: confident, lastEpoch: true };
    expect(visitImage(accumulation, visit)).toBe(0);
  });

  it("never lets an accumulated value fall", () => {
    const accumulation = createAccumulation([image]);
    let before = accumulatedMaps(accumulation, image).data;
    for (const data of [
      [4, 1, 1, 2],
      [1, 4, 3, 3],
      [2, 2, -1, -1],
    ]) {
      const visit = { imageKey: "a", maps: maps(...data), logits: confident, lastEpoch: false };
      visitImage(accumulation, visit);
      const after = accumulatedMaps(accumulation, image).data;
      after.forEach((value, i) => expect(value).toBeGreaterThanOrEqual(before[i]!));
      before = after;
    }
    expect(Math.max(...before)).toBeLessThanOrEqual(1);
  });

  it("leaves a class outside the top m alone until the last epoch", () => {
    const accumulation = createAccumulation([image]);
    const unsure = [5, 4, 0];
    const visit = { imageKey: "a", maps: maps(1, 0, 1, 0), logits: unsure, lastEpoch: false };
    expect(visitImage(accumulation, visit)).toBe(1);
    expect(visitImage(accumulation, { ...visit, lastEpoch: true })).toBe(2);
    expect([...accumulation.visits]).toEqual([2, 1]);
  });

  it("names an image that the arena does not know", () => {
    const accumulation = createAccumulation([image]);
    const visit = { imageKey: "b", maps: maps(1, 0, 1, 0), logits: confident, lastEpoch: false };
    expect(() => visitImage(accumulation, visit)).toThrow("expected image b with class 0");
  });
});

describe("decodeAccumulation", () => {
  it("continues exactly where the arena was encoded", () => {
    const accumulation = createAccumulation([image], { rule: "harmonic" });
    const visit = { imageKey: "a", maps: maps(1, 2, 3, 4), logits: confident, lastEpoch: false };
    visitImage(accumulation, visit);
    const decoded = decodeAccumulation(encodeAccumulation(accumulation), [image], {
      rule: "harmonic",
    });
    expect(accumulatedMaps(decoded, image)).toEqual(accumulatedMaps(accumulation, image));
    expect(decoded.visits).toEqual(accumulation.visits);
  });

  it("refuses another run's arena", () => {
    const other = encodeAccumulation(createAccumulation([{ ...image, width: 3 }]));
    expect(() => decodeAccumulation(other, [image], { rule: "maximum" })).toThrow(
      "belongs to another run",
    );
  });
});
