import { describe, expect, it } from "vitest";
import { bytesOfSigned, bytesOfUnit, PROBE_IMAGES, probeImages } from "./probe.ts";

const images = (count: number, labelled: (at: number) => boolean = () => true) =>
  Array.from({ length: count }, (_, at) => ({ at, labels: labelled(at) ? [0] : [] }));

describe("probeImages", () => {
  it("takes none of nothing and all of a few", () => {
    expect(probeImages([])).toEqual([]);
    expect(probeImages(images(3)).map(({ at }) => at)).toEqual([0, 1, 2]);
  });

  it("spreads over the split, over labelled images alone, none twice", () => {
    const probes = probeImages(images(1000, (at) => at % 2 === 1)).map(({ at }) => at);
    expect(new Set(probes).size).toBe(PROBE_IMAGES);
    expect(probes.every((at) => at % 2 === 1)).toBe(true);
    expect(probes.at(-1)).toBeGreaterThan(900);
  });
});

describe("bytesOfUnit", () => {
  it("rounds to the nearest of 256 steps and keeps within them", () => {
    expect([...bytesOfUnit(Float32Array.of(-1, 0, 0.5, 1, 7))]).toEqual([0, 0, 128, 255, 255]);
  });
});

describe("bytesOfSigned", () => {
  it("has zero in its middle and the greatest magnitude at an end", () => {
    expect(bytesOfSigned(Float32Array.of(-2, 0, 1))).toEqual({
      bytes: Uint8Array.of(1, 128, 192),
      scale: 2,
    });
  });

  it("keeps nothing but zeros as zeros", () => {
    expect([...bytesOfSigned(new Float32Array(2)).bytes]).toEqual([128, 128]);
  });
});
