import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { activateBackend } from "../../tensor/backend.ts";
import { decodeSafetensors, writeSafetensors } from "../../tensor/safetensors.ts";
import { float32Array, type NamedArray } from "../../tensor/state-dict.ts";
import { tf } from "../../tensor/tf.ts";
import { compareTensor, goldenRuleSchema } from "./golden-rule.ts";
import { runParity } from "./run-parity.ts";

beforeAll(async () => {
  await activateBackend();
});

/** Loss ln 2 of logits 0, whatever the labels; gradient (½ − y) / (N·C). */
const LOSS = {
  logits: float32Array([1, 2], Float32Array.of(0, 0)),
  label: float32Array([1, 2], Float32Array.of(1, 0)),
  loss: float32Array([1], Float32Array.of(Math.LN2)),
  grad: float32Array([1, 2], Float32Array.of(-0.25, 0.25)),
};

async function goldenFile(
  tensors: Readonly<Record<string, NamedArray>>,
  kernel = "multilabel_soft_margin",
): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), "seedmask-parity-")), "case.safetensors");
  await writeSafetensors(path, new Map(Object.entries(tensors)), {
    kernel,
    params: "{}",
    outputs: JSON.stringify({ loss: { rel: 1e-6 }, grad: { abs: 1e-7 } }),
  });
  return path;
}

describe("runParity", () => {
  it("passes a file whose numbers we reproduce, and frees what it made", async () => {
    const path = await goldenFile(LOSS);
    const before = tf.memory().numTensors;
    expect(await runParity(path)).toMatchObject({ kernel: "multilabel_soft_margin", passed: true });
    expect(tf.memory().numTensors).toBe(before);
  });

  it("fails a file whose numbers are wrong, and says by how much", async () => {
    const path = await goldenFile({ ...LOSS, loss: float32Array([1], Float32Array.of(0.5)) });
    const { passed, tensors } = await runParity(path);
    expect(passed).toBe(false);
    expect(tensors.find(({ name }) => name === "loss")).toMatchObject({ within: 0, passed: false });
    expect(tensors.find(({ name }) => name === "loss")?.maxAbs).toBeCloseTo(Math.LN2 - 0.5, 6);
  });

  it("writes what it computed under the same names and shapes", async () => {
    const folder = await mkdtemp(join(tmpdir(), "seedmask-parity-"));
    await runParity(await goldenFile(LOSS), { write: folder });
    const { tensors } = decodeSafetensors(await readFile(join(folder, "case.safetensors")));
    expect(tensors.get("grad")?.shape).toEqual([1, 2]);
    expect([...tensors.keys()].toSorted()).toEqual(["grad", "loss"]);
  });

  it("names a computation it does not know, and those it does", async () => {
    await expect(runParity(await goldenFile(LOSS, "magic"))).rejects.toThrow(
      /expected a known kernel, got "magic".*affinity_psa/u,
    );
  });

  it("refuses NaN in an input and says where", async () => {
    const logits = float32Array([1, 2], Float32Array.of(0, Number.NaN));
    await expect(runParity(await goldenFile({ ...LOSS, logits }))).rejects.toThrow(
      'expected finite numbers in "logits", got NaN at element 1',
    );
  });

  it("refuses another layout and says which axes it wanted", async () => {
    const label = float32Array([2], Float32Array.of(1, 0));
    await expect(runParity(await goldenFile({ ...LOSS, label }))).rejects.toThrow(
      'expected 2 axes of "label", got [2]',
    );
  });

  it("refuses a file without an input", async () => {
    const { label: _label, ...without } = LOSS;
    await expect(runParity(await goldenFile(without))).rejects.toThrow(
      'expected a tensor "label", got none',
    );
  });
});

describe("compareTensor", () => {
  const rule = (facts: object) => goldenRuleSchema.parse(facts);

  it("takes NaN for equal to NaN", () => {
    expect(compareTensor("x", [Number.NaN], [Number.NaN], rule({ exact: true })).passed).toBe(true);
  });

  it("wants the share of equal elements where a rule asks for one", () => {
    const ours = [1, 2, 3, 5];
    expect(compareTensor("x", ours, [1, 2, 3, 4], rule({ abs: 1 })).passed).toBe(true);
    expect(compareTensor("x", ours, [1, 2, 3, 4], rule({ abs: 1, equalShare: 0.9 })).passed).toBe(
      false,
    );
  });

  it("says how many elements it expected", () => {
    expect(compareTensor("x", [1], [1, 2], rule({})).problem).toBe("expected 2 elements, got 1");
  });
});
