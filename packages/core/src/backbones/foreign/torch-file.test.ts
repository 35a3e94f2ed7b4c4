import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readPickle } from "./pickle.ts";
import { readTorchFile } from "./torch-file.ts";

// Written by torch 1.13 (Debian 12); see fixtures/PROVENANCE.md.
const fixture = (name: string) =>
  fileURLToPath(new URL(`../../../test/fixtures/${name}`, import.meta.url));

describe("readTorchFile", () => {
  it("reads every number type, strides and slices as torch wrote them", async () => {
    const arrays = await readTorchFile(fixture("state-dict.pth"));
    const values = Object.fromEntries([...arrays].map(([name, { data }]) => [name, [...data]]));
    expect(arrays.get("conv.weight")).toMatchObject({ dtype: "F32", shape: [2, 3, 2, 2] });
    expect(values["conv.weight"]).toEqual(Array.from({ length: 24 }, (_, i) => i / 8));
    expect(values["bn.running_mean"]).toEqual([0.5, -1.5]);
    expect(arrays.get("bn.num_batches_tracked")).toMatchObject({ dtype: "I32", shape: [] });
    expect(values["bn.num_batches_tracked"]).toEqual([7]);
    expect(values.half).toEqual([1, -2.5, 65504, 2 ** -24]);
    expect(values.bfloat).toEqual([1, -2.5]);
    expect(values.double).toEqual([0.25]);
    expect(arrays.get("transposed")?.shape).toEqual([3, 2]);
    expect(values.transposed).toEqual([0, 3, 1, 4, 2, 5]);
    expect(values.slice).toEqual([3, 4, 5]);
    expect(values.parameter).toEqual([3]);
  });

  it("finds the state dict inside a training checkpoint", async () => {
    const plain = await readTorchFile(fixture("state-dict.pth"));
    expect(await readTorchFile(fixture("checkpoint.pth"))).toEqual(plain);
  });

  it("refuses a file that is no zip and says how to make one", async () => {
    const path = join(await mkdtemp(join(tmpdir(), "seedmask-torch-")), "old.pth");
    await writeFile(path, "not a zip");
    await expect(readTorchFile(path)).rejects.toThrow("expected a PyTorch zip file");
  });

  it("refuses a truncated file", async () => {
    const path = join(await mkdtemp(join(tmpdir(), "seedmask-torch-")), "cut.pth");
    await writeFile(path, (await readFile(fixture("state-dict.pth"))).subarray(0, 1500));
    await expect(readTorchFile(path)).rejects.toThrow("expected a PyTorch zip file");
  });
});

describe("readPickle", () => {
  it("runs nothing: a call stays a name with its arguments", () => {
    // cos\nsystem\n(S'…' is not accepted at all; the binary form is read as data.
    const bytes = Buffer.from("\x80\x02cos\nsystem\nX\x02\x00\x00\x00ls\x85R.", "latin1");
    expect(readPickle(bytes, "evil.pth")).toEqual({
      kind: "call",
      name: "os.system",
      args: ["ls"],
    });
  });

  it("names the opcode it does not know", () => {
    expect(() => readPickle(Buffer.from("\x80\x02\xff", "latin1"), "x.pth")).toThrow("opcode 0xff");
  });

  it("refuses bytes that end early", () => {
    expect(() => readPickle(Buffer.from("\x80\x02X\xff", "latin1"), "x.pth")).toThrow(
      "got its end",
    );
  });
});
