import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { WeightsError } from "../contract/errors.ts";
import {
  decodeSafetensors,
  encodeSafetensors,
  readSafetensors,
  writeSafetensors,
} from "./safetensors.ts";
import type { StateDict } from "./state-dict.ts";

/** A file with any header, honest or not. */
function fileWith(header: string, data: readonly number[] = []): Uint8Array {
  const json = new TextEncoder().encode(header);
  const file = new Uint8Array(8 + json.length + data.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true);
  file.set(json, 8);
  file.set(data, 8 + json.length);
  return file;
}

const arrays: StateDict = new Map([
  ["mask", { dtype: "U8", shape: [3], data: Uint8Array.of(0, 7, 255) }],
  ["weight", { dtype: "F32", shape: [2, 1], data: Float32Array.of(1.5, -2) }],
  ["keys", { dtype: "I32", shape: [1], data: Int32Array.of(-9) }],
  ["nothing", { dtype: "F32", shape: [0, 4], data: new Float32Array(0) }],
]);

describe("encodeSafetensors", () => {
  it("comes back as it was, metadata included", () => {
    const { tensors, metadata } = decodeSafetensors(encodeSafetensors(arrays, { note: "é" }));
    expect(new Map([...tensors].toSorted())).toEqual(new Map([...arrays].toSorted()));
    expect(metadata).toEqual({ note: "é" });
  });

  it("aligns every array to its width", () => {
    const file = encodeSafetensors(arrays);
    expect(Number(file.readBigUInt64LE(0)) % 8).toBe(0);
    const header: Record<string, { data_offsets: [number, number] }> = JSON.parse(
      file.subarray(8, 8 + Number(file.readBigUInt64LE(0))).toString(),
    );
    expect(header["weight"]!.data_offsets[0] % 4).toBe(0);
    expect(header["keys"]!.data_offsets[0] % 4).toBe(0);
  });

  it("writes an array that is a window of a larger buffer", () => {
    const data = Float32Array.of(1, 2, 3, 4).subarray(1, 3);
    const file = encodeSafetensors(new Map([["x", { dtype: "F32", shape: [2], data }]]));
    expect(decodeSafetensors(file).tensors.get("x")?.data).toEqual(Float32Array.of(2, 3));
  });
});

describe("decodeSafetensors", () => {
  it("reads a float that starts at an odd byte", () => {
    const header = `{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"F32","shape":[1],"data_offsets":[1,5]}}`;
    const { tensors } = decodeSafetensors(fileWith(header, [9, 0, 0, 0x80, 0x3f]));
    expect(tensors.get("b")?.data).toEqual(Float32Array.of(1));
  });

  it("widens half precision: 1, -2, the smallest number, infinity", () => {
    const header = `{"h":{"dtype":"F16","shape":[4],"data_offsets":[0,8]}}`;
    const bytes = [0x00, 0x3c, 0x00, 0xc0, 0x01, 0x00, 0x00, 0x7c];
    expect(decodeSafetensors(fileWith(header, bytes)).tensors.get("h")?.data).toEqual(
      Float32Array.of(1, -2, 2 ** -24, Infinity),
    );
  });

  it("reads a scalar, whose shape is empty", () => {
    const header = `{"t":{"dtype":"I64","shape":[],"data_offsets":[0,8]}}`;
    expect(decodeSafetensors(fileWith(header, [5, 0, 0, 0, 0, 0, 0, 0])).tensors.get("t")).toEqual({
      dtype: "I32",
      shape: [],
      data: Int32Array.of(5),
    });
  });

  it.each([
    ["an empty file", new Uint8Array(0), /got 0 bytes/],
    [
      "a header longer than the file",
      Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0),
      /length of 4294967295/,
    ],
    ["a header that is not JSON", fileWith("{oops"), /JSON header/],
    ["a header that is a list", fileWith("[]"), /JSON object/],
    [
      "an unknown type",
      fileWith(`{"x":{"dtype":"Q4","shape":[1],"data_offsets":[0,1]}}`, [1]),
      /Types read/,
    ],
    [
      "a negative extent",
      fileWith(`{"x":{"dtype":"U8","shape":[-1],"data_offsets":[0,1]}}`, [1]),
      /expected dtype/,
    ],
    [
      "a shape that overflows",
      fileWith(`{"x":{"dtype":"F32","shape":[9e9,9e9],"data_offsets":[0,4]}}`, [1, 2, 3, 4]),
      /bytes for "x"/,
    ],
    [
      "an end before the begin",
      fileWith(`{"x":{"dtype":"U8","shape":[1],"data_offsets":[1,0]}}`, [1]),
      /got -1/,
    ],
    [
      "overlapping arrays",
      fileWith(
        `{"x":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"y":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}`,
        [1, 2, 3],
      ),
      /expected "y" at byte 2/,
    ],
    [
      "a file cut short",
      fileWith(`{"x":{"dtype":"U8","shape":[9],"data_offsets":[0,9]}}`, [1]),
      /cut short/,
    ],
    [
      "metadata that are not strings",
      fileWith(`{"__metadata__":{"a":1}}`),
      /strings in __metadata__/,
    ],
  ])("refuses %s", (_name, file, message) => {
    expect(() => decodeSafetensors(file)).toThrow(WeightsError);
    expect(() => decodeSafetensors(file)).toThrow(message);
  });

  it("keeps a tensor called __proto__ as an ordinary name", () => {
    const header = `{"__proto__":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}`;
    expect([...decodeSafetensors(fileWith(header, [4])).tensors.keys()]).toEqual(["__proto__"]);
  });
});

describe("writeSafetensors", () => {
  it("leaves one whole file and no draft", async () => {
    const folder = await mkdtemp(join(tmpdir(), "safetensors-"));
    try {
      const path = join(folder, "model.safetensors");
      await writeSafetensors(path, arrays);
      await writeSafetensors(path, arrays);
      expect(await readdir(folder)).toEqual(["model.safetensors"]);
      expect((await readSafetensors(path)).tensors.get("keys")?.data).toEqual(Int32Array.of(-9));
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
