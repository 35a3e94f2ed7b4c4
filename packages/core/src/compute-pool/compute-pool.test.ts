import { afterEach, describe, expect, it } from "vitest";
import type { jobs } from "../../test/pool/jobs.ts";
import { CancelledError } from "../contract/index.ts";
import { ComputePool } from "./compute-pool.ts";
import { transferablesOf } from "./serve-jobs.ts";

const entry = new URL("../../test/pool/jobs.ts", import.meta.url);
let pool: ComputePool<typeof jobs>;
const open = (workers: number) => (pool = new ComputePool<typeof jobs>(entry, { workers }));
afterEach(() => pool.close());

describe("ComputePool", () => {
  it("runs a job and returns typed arrays", async () => {
    const { values } = await open(1).run(
      "double",
      { values: Float32Array.of(1, 2) },
      { name: "a" },
    );
    expect([...values]).toEqual([2, 4]);
  });

  it("moves the buffers that may be moved", async () => {
    const values = Float32Array.of(1);
    await open(1).run("double", { values }, { name: "a", transfer: [values.buffer] });
    expect(values).toHaveLength(0);
  });

  it("names what failed and keeps code, details and cause", async () => {
    const failure = open(1).run("fail", null, { name: "image 2007_000032" });
    await expect(failure).rejects.toMatchObject({
      message: "image 2007_000032: crf: expected 3, got 4.",
      code: "shape",
      retryable: false,
      details: { got: 4, name: "image 2007_000032" },
    });
  });

  it("goes on after a thread died", async () => {
    const failure = open(1).run("die", null, { name: "image a" });
    await expect(failure).rejects.toThrow(/image a: its thread ended \(3\)/);
    const { values } = await pool.run("double", { values: Float32Array.of(3) }, { name: "b" });
    expect([...values]).toEqual([6]);
  });

  it("cancels a job that never yields, one that waits, and one not begun", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const running = open(1).run("spin", null, { name: "running", signal });
    const waiting = pool.run("spin", null, { name: "waiting", signal });
    setTimeout(() => controller.abort(), 30);
    await expect(running).rejects.toThrow(CancelledError);
    await expect(waiting).rejects.toThrow(/waiting: cancelled/);
    await expect(pool.run("spin", null, { name: "late", signal })).rejects.toThrow(
      /before it began/,
    );
    expect(await pool.run("later", { milliseconds: 1 }, { name: "next" })).toBe(1);
  });

  it("cancels what is left when it closes", async () => {
    const running = open(1).run("spin", null, { name: "a" });
    const [outcome] = await Promise.allSettled([running, pool.close()]);
    expect(outcome).toMatchObject({ reason: { message: "a: the pool was closed." } });
  });
});

describe("ComputePool.map", () => {
  it("keeps the order of the inputs and reads only a little ahead", async () => {
    let read = 0;
    function* delays() {
      for (const milliseconds of [20, 1, 10, 1, 1, 1, 1, 1]) {
        read += 1;
        yield milliseconds;
      }
    }
    const seen: number[] = [];
    const readAhead: number[] = [];
    const results = open(2).map("later", delays(), {
      input: (milliseconds) => ({ milliseconds }),
      name: String,
    });
    for await (const { item, output } of results) {
      readAhead.push(read - seen.length);
      expect(output).toBe(item);
      seen.push(output);
    }
    expect(Math.max(...readAhead)).toBe(4);
    expect(seen).toEqual([20, 1, 10, 1, 1, 1, 1, 1]);
  });

  it("stops at the first failure and leaves nothing unhandled", async () => {
    const results = open(2).map("fail", ["a", "b", "c"], { input: () => null, name: String });
    await expect(results.next()).rejects.toThrow(/^a: crf/);
  });

  it("gives nothing of nothing", async () => {
    const results = open(1).map("fail", [], { input: () => null, name: String });
    expect(await results.next()).toEqual({ done: true, value: undefined });
  });
});

describe("transferablesOf", () => {
  it("finds whole buffers once, at any depth, and leaves views of a part alone", () => {
    const data = Float32Array.of(1, 2);
    const part = new Float32Array(4).subarray(1, 2);
    expect(transferablesOf({ a: [data, { b: data }], part, n: 1, nothing: null })).toEqual([
      data.buffer,
    ]);
  });
});
