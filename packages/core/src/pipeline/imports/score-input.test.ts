import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { encodeScores } from "../../data/score-file.ts";
import { encodeNpy } from "../npy.ts";
import { readScoreInput } from "./score-input.ts";

const FIXTURES = new URL("../../../test/fixtures/", import.meta.url);
const MAPS = [...[0, 1, 2, 3, 4, 5].map((sixth) => Math.fround(sixth / 6)), ...Array(6).fill(0.5)];

async function read(name: string) {
  const { keys, maps } = await readScoreInput(await readFile(new URL(name, FIXTURES)), name);
  return { keys, shape: maps.shape, data: [...maps.data] };
}

describe("readScoreInput", () => {
  it("reads psa's dict of a map a class", async () => {
    expect(await read("psa-cam.npy")).toEqual({ keys: [0, 2], shape: [2, 2, 3], data: MAPS });
  });

  it("reads irn's dict, and leaves its PyTorch tensors alone", async () => {
    expect(await read("irn-cam.npy")).toEqual({ keys: null, shape: [2, 2, 3], data: MAPS });
  });

  it("reads a .npz of half precision", async () => {
    const { keys, data } = await read("score-maps.npz");
    expect(keys).toEqual([0, 2]);
    for (const [at, value] of data.entries()) expect(value).toBeCloseTo(MAPS[at]!, 3);
  });

  it("reads our own file, and a bare array", async () => {
    const data = Float32Array.from(MAPS);
    const own = encodeScores("cam", { height: 2, width: 3, classes: Int32Array.of(0, 2), data });
    expect(await readScoreInput(own, "a.safetensors")).toEqual({
      keys: [0, 2],
      maps: { shape: [2, 2, 3], data },
    });
    const bare = encodeNpy({ shape: [2, 2, 3], data });
    expect(await readScoreInput(bare, "a.npy")).toMatchObject({ keys: null });
  });

  it.each([
    ["b.npy", Buffer.from("\u0093NUMPY"), /b\.npy: expected a NumPy array/u],
    ["b.npz", Buffer.from("PK"), /b\.npz: expected a \.npz archive/u],
    [
      "b.npy",
      Buffer.from(encodeNpy({ shape: [2, 3], data: new Float32Array(6) })),
      /expected maps \[planes, h, w\].*got array \[2, 3\]/u,
    ],
  ])("says what is wrong with %s", async (name, bytes, message) => {
    await expect(readScoreInput(bytes, name)).rejects.toThrow(message);
  });

  it("does not follow a pickle that ends early", async () => {
    const bytes = await readFile(new URL("psa-cam.npy", FIXTURES));
    const cut = bytes.subarray(0, bytes.length - 40);
    await expect(readScoreInput(cut, "cut.npy")).rejects.toThrow(/cut\.npy: .*got its end/u);
  });
});
