import { describe, expect, it } from "vitest";
import { ERROR_CAUSES, type LabelMap, type MaskNoise } from "../contract/index.ts";
import { countConfusion } from "./confusion.ts";
import { boundaryDistance, nearLabel, NO_BOUNDARY } from "./distance.ts";
import { addNoise, maskNoise, noNoise } from "./mask-noise.ts";
import { regionsOf } from "./regions.ts";

/** A map drawn with one character a pixel: digits are labels, `x` is 255. */
const draw = (...rows: string[]): LabelMap => ({
  height: rows.length,
  width: rows[0]!.length,
  data: Uint8Array.from(rows.join(""), (mark) => (mark === "x" ? 255 : Number(mark))),
});
const options = { labels: 3, rule: "excluded", image: "a" } as const;
const causesOf = (noise: MaskNoise): Record<string, number> =>
  Object.fromEntries(ERROR_CAUSES.map((cause, at) => [cause, noise.causes[at]!]));

/** Deterministic label maps (Lehmer generator), in blocks so that they have objects. */
function randomMap(seed: number, { height = 24, width = 31, labels = 3, ignored = 0.1 } = {}) {
  let state = seed * 7919 + 1;
  const next = () => (state = (state * 48271) % 2147483647) / 2147483647;
  const cells = Array.from({ length: 64 }, () =>
    next() < ignored ? 255 : Math.floor(next() * labels),
  );
  const data = Uint8Array.from(
    { length: height * width },
    (_, at) => cells[(Math.floor(at / width / 4) * 8 + Math.floor((at % width) / 5)) % 64]!,
  );
  return { height, width, data };
}

describe("boundaryDistance", () => {
  it("has none where all is one label", () => {
    expect([...boundaryDistance(draw("000", "000"))]).toEqual(
      Array.from({ length: 6 }, () => NO_BOUNDARY),
    );
    expect([...boundaryDistance(draw("1"))]).toEqual([NO_BOUNDARY]);
  });
  it("counts steps to the boundary on both of its sides", () => {
    expect([...boundaryDistance(draw("000111"))]).toEqual([2, 1, 0, 0, 1, 2]);
  });
  it("equals the definition", () => {
    const map = randomMap(3);
    const { height, width, data } = map;
    const distance = boundaryDistance(map);
    const edges = [...distance.keys()].filter((at) => distance[at] === 0);
    for (let at = 0; at < data.length; at += 17) {
      const steps = edges.map((edge) =>
        Math.max(
          Math.abs((edge % width) - (at % width)),
          Math.abs(Math.floor(edge / width) - Math.floor(at / width)),
        ),
      );
      expect(distance[at]).toBe(Math.min(...steps));
    }
    expect(height * width).toBe(distance.length);
  });
});

describe("nearLabel", () => {
  it("grows a label by a square, and not at all with radius 0", () => {
    const map = draw("0000", "0100", "0000", "0000");
    expect([...nearLabel(map, { label: 1, radius: 0 })]).toEqual([...map.data]);
    expect([...nearLabel(map, { label: 1, radius: 1 })]).toEqual([
      ...draw("1110", "1110", "1110", "0000").data,
    ]);
    expect(nearLabel(map, { label: 2, radius: 3 }).some((mark) => mark === 1)).toBe(false);
  });
});

describe("regionsOf", () => {
  it("finds nothing in background and 255", () => {
    expect(regionsOf(draw("0x", "x0")).pixels).toEqual([0]);
  });
  it("joins over corners, never over labels", () => {
    const { numbers, pixels } = regionsOf(draw("1002", "0120", "1002"));
    expect(pixels.slice(1).toSorted()).toEqual([3, 3]);
    expect(numbers[0]).toBe(numbers[5]);
    expect(numbers[3]).toBe(numbers[6]);
    expect(numbers[3]).not.toBe(numbers[0]);
  });
});

describe("maskNoise", () => {
  it("gives zeros where everything is ignored, and no error where nothing is wrong", () => {
    expect(maskNoise(draw("xx"), draw("01"), options)).toEqual(noNoise(3));
    const perfect = maskNoise(draw("0011"), draw("0011"), options);
    expect(perfect.causes).toEqual([0, 0, 0, 0, 0]);
    expect(perfect.scored).toBe(4);
  });

  it("names each cause", () => {
    // The diagonal of 1 × 12 is 12 pixels: a boundary may be off by one.
    const one = (truth: string, mask: string) =>
      causesOf(maskNoise(draw(truth), draw(mask), options));
    expect(one("000011110000", "000000000000")).toMatchObject({ "missed-object": 4 });
    expect(one("000011110000", "000111110000")).toMatchObject({ "ragged-boundary": 1 });
    expect(one("000011110000", "000011220000")).toMatchObject({ "wrong-class": 2 });
    expect(one("000011110000", "111111110000")).toEqual({
      "missed-object": 0,
      "ragged-boundary": 1,
      "wrong-class": 0,
      "spill-over": 3,
      "missed-part": 0,
    });
    expect(one("111111110000", "110000000000")).toMatchObject({
      "missed-part": 5,
      "ragged-boundary": 1,
    });
  });

  it("counts a predicted 255 as the rule says", () => {
    const [truth, mask] = [draw("000011110000"), draw("0000xxxx0000")];
    expect(maskNoise(truth, mask, options).scored).toBe(8);
    const asBackground = maskNoise(truth, mask, { ...options, rule: "as-background" });
    expect(causesOf(asBackground)).toMatchObject({ "missed-object": 4 });
    expect(asBackground.scored).toBe(12);
  });

  it("splits every wrong pixel over causes and every scored one over rings", () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const truth = randomMap(seed);
      const mask = randomMap(seed + 50);
      const noise = maskNoise(truth, mask, options);
      const { matrix } = countConfusion(truth, mask, options);
      const right = [0, 1, 2].reduce((sum, label) => sum + matrix[label * 4]!, 0);
      const all = matrix.reduce((sum, count) => sum + count, 0);
      expect(noise.scored).toBe(all);
      expect(noise.causes.reduce((sum, count) => sum + count, 0)).toBe(all - right);
      for (const label of [0, 1, 2]) {
        const inRings = (of: "truth" | "truePositives" | "predicted") =>
          noise.rings.reduce((sum, ring) => sum + ring[of][label]!, 0);
        expect(inRings("truePositives")).toBe(matrix[label * 4]);
        expect(inRings("truth")).toBe(
          matrix.slice(label * 3, label * 3 + 3).reduce((sum, count) => sum + count, 0),
        );
        expect(inRings("predicted")).toBe(matrix[label]! + matrix[3 + label]! + matrix[6 + label]!);
      }
    }
  });

  it("is the same for mirrored maps", () => {
    const mirror = ({ height, width, data }: LabelMap): LabelMap => ({
      height,
      width,
      data: data.map((_, at) => data[at - (at % width) + width - 1 - (at % width)]!),
    });
    const [truth, mask] = [randomMap(8), randomMap(9)];
    expect(maskNoise(mirror(truth), mirror(mask), options)).toEqual(
      maskNoise(truth, mask, options),
    );
  });

  it("sorts objects by their share of the image and says how many were missed", () => {
    const truth = draw("1000000000", "0000000000", "0000222222", "0000222222");
    const mask = draw("0000000000", "0000000000", "0000222000", "0000222000");
    expect(maskNoise(truth, mask, options).sizes).toEqual([
      { objects: 0, missed: 0, pixels: 0, found: 0 },
      { objects: 1, missed: 1, pixels: 1, found: 0 },
      { objects: 0, missed: 0, pixels: 0, found: 0 },
      { objects: 1, missed: 0, pixels: 12, found: 6 },
    ]);
  });

  it("refuses maps of different sizes and names the image", () => {
    expect(() => maskNoise(draw("01"), draw("0"), options)).toThrow(/image a: .*1×2, got 1×1/);
  });
});

describe("addNoise", () => {
  it("adds every count and leaves either side alone beside nothing", () => {
    const noise = maskNoise(randomMap(1), randomMap(2), options);
    expect(addNoise(noise, noNoise(3))).toEqual(noise);
    const twice = addNoise(noise, noise);
    expect(twice.scored).toBe(2 * noise.scored);
    expect(twice.causes).toEqual(noise.causes.map((count) => 2 * count));
  });
});
