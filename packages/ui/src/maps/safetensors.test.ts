import { describe, expect, it } from "vitest";
import { readSafetensors, readScoreMaps } from "./safetensors.ts";

function file(tensors: Record<string, { dtype: string; shape: number[]; data: ArrayBufferView }>) {
  const header: Record<string, unknown> = { __metadata__: { made: "by hand" } };
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const [name, { dtype, shape, data }] of Object.entries(tensors)) {
    header[name] = { dtype, shape, data_offsets: [at, at + data.byteLength] };
    parts.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    at += data.byteLength;
  }
  const head = new TextEncoder().encode(JSON.stringify(header));
  const size = new Uint8Array(8);
  new DataView(size.buffer).setBigUint64(0, BigInt(head.length), true);
  return Uint8Array.from([size, head, ...parts].flatMap((part) => [...part]));
}
const classes = (...ids: number[]) => ({
  dtype: "I32",
  shape: [ids.length],
  data: Int32Array.from(ids),
});
const floats = (shape: number[], ...values: number[]) => ({
  dtype: "F32",
  shape,
  data: Float32Array.from(values),
});

describe("readScoreMaps", () => {
  it("reads class activation maps", () => {
    const maps = readScoreMaps(
      file({ cam: floats([2, 1, 2], 0, 0.5, 1, 0.25), classes: classes(3, 7) }),
    );
    expect([maps.height, maps.width, ...maps.classes]).toEqual([1, 2, 3, 7]);
    expect([...maps.data]).toEqual([0, 0.5, 1, 0.25]);
  });
  it("leaves the background of probabilities out", () => {
    const maps = readScoreMaps(
      file({ probabilities: floats([2, 1, 1], 0.75, 0.25), classes: classes(0) }),
    );
    expect([...maps.data]).toEqual([0.25]);
  });
  it("is empty for an image without a label", () => {
    const maps = readScoreMaps(file({ cam: floats([0, 4, 4]), classes: classes() }));
    expect([maps.classes.length, maps.data.length]).toEqual([0, 0]);
  });
  it("names what it found instead", () => {
    expect(() => readScoreMaps(file({ weights: floats([1], 1) }))).toThrow("weights");
  });
});

describe("readSafetensors", () => {
  it("refuses a truncated file", () => {
    const whole = file({ cam: floats([1, 1, 2], 0, 1), classes: classes(0) });
    expect(() => readSafetensors(whole.subarray(0, whole.length - 4))).toThrow("beyond the file");
    expect(() => readSafetensors(whole.subarray(0, 4))).toThrow("shorter");
  });
});
