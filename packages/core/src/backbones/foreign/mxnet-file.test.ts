import { describe, expect, it } from "vitest";
import { decodeMxnetFile } from "./mxnet-file.ts";

const uint32 = (...values: number[]) => Buffer.from(Uint32Array.from(values).buffer);
const uint64 = (...values: number[]) => Buffer.from(BigUint64Array.from(values, BigInt).buffer);
const floats = (...values: number[]) => Buffer.from(Float32Array.from(values).buffer);
const name = (text: string) => Buffer.concat([uint64(text.length), Buffer.from(text)]);
const device = uint32(1, 0);

/** As MXNet 0.9 wrote it in 2016, the form WideResNet-38's weights were published in. */
const legacyArray = Buffer.concat([uint32(2, 1, 3), device, uint32(0), floats(1, 2, 3)]);
const version2Array = Buffer.concat([
  uint32(0xf993fac9, 0, 1),
  uint64(2),
  device,
  uint32(0),
  floats(4, 5),
]);
const file = (arrays: Buffer[], names: string[]) =>
  Buffer.concat([
    uint64(0x112, 0, arrays.length),
    ...arrays,
    uint64(names.length),
    ...names.map(name),
  ]);

describe("decodeMxnetFile", () => {
  it("reads arrays of both generations and strips the prefixes", () => {
    const bytes = file([legacyArray, version2Array], ["arg:conv1a_weight", "aux:bn7_moving_mean"]);
    const arrays = decodeMxnetFile(bytes, "a.params");
    expect(arrays.get("conv1a_weight")).toEqual({
      dtype: "F32",
      shape: [1, 3],
      data: Float32Array.of(1, 2, 3),
    });
    expect(arrays.get("bn7_moving_mean")?.data).toEqual(Float32Array.of(4, 5));
  });

  it("refuses another kind of file", () => {
    expect(() => decodeMxnetFile(Buffer.alloc(64), "a.params")).toThrow(
      "expected an MXNet list of arrays",
    );
  });

  it("refuses a file that ends early", () => {
    const bytes = file([legacyArray], ["arg:w"]);
    expect(() => decodeMxnetFile(bytes.subarray(0, 50), "a.params")).toThrow("the end of the file");
  });

  it("refuses a count larger than the file", () => {
    expect(() => decodeMxnetFile(uint64(0x112, 0, 2 ** 40), "a.params")).toThrow(
      "number of arrays",
    );
  });
});
