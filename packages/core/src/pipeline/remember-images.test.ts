import { describe, expect, it } from "vitest";
import type { DatasetImage } from "../contract/index.ts";
import { rememberMasks } from "./remember-images.ts";

const entry = (key: string): DatasetImage => ({
  id: key,
  key,
  width: 2,
  height: 1,
  split: "train",
  labels: [],
  image: "",
  mask: null,
});

const IMAGES = [entry("a"), entry("b")];

async function readsOf(mostBytes?: number): Promise<string[]> {
  const reads: string[] = [];
  const read = async ({ key }: DatasetImage) => {
    reads.push(key);
    return { height: 1, width: 2, data: new Uint8Array(2) };
  };
  const manifest = { images: IMAGES };
  const remembered = rememberMasks({ manifest }, read, mostBytes);
  for (const image of [...IMAGES, ...IMAGES]) await remembered(image);
  return reads;
}

describe("rememberMasks", () => {
  it("reads each mask of a small dataset once", async () => {
    expect(await readsOf()).toEqual(["a", "b"]);
  });

  it("keeps nothing of a dataset that would fill the memory", async () => {
    expect(await readsOf(3)).toEqual(["a", "b", "a", "b"]);
  });
});
