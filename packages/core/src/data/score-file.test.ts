import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeFolder } from "../../test/make-folder.ts";
import { decodeScores, encodeScores, readScoreFile, writeScoreFile } from "./score-file.ts";

const scores = {
  height: 2,
  width: 3,
  classes: Int32Array.of(4, 11),
  data: Float32Array.from({ length: 12 }, (_, i) => i / 12),
};

describe("encodeScores", () => {
  it("keeps the maps of an image without classes", () => {
    const none = { height: 2, width: 3, classes: new Int32Array(), data: new Float32Array() };
    expect(decodeScores("cam", encodeScores("cam", none), "a")).toEqual(none);
  });

  it("refuses planes that do not fit the classes", () => {
    expect(() => encodeScores("probabilities", scores)).toThrow(/expected 3 planes of 2×3/);
  });
});

describe("readScoreFile", () => {
  it("gives back what was written, bit for bit", async () => {
    const path = join(await makeFolder(), "a.safetensors");
    await writeScoreFile(path, "cam", scores);
    expect(await readScoreFile(path, "cam")).toEqual(scores);
    await expect(readScoreFile(path, "probabilities")).rejects.toThrow(/cam \[2, 2, 3\]/);
  });
});
