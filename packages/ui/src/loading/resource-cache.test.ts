import { describe, expect, it } from "vitest";
import { createResourceCache } from "./resource-cache.ts";

/** A server whose answers wait until they are let go. */
function server(capacity = 1000) {
  const asked: string[] = [];
  const doors = new Map<string, () => void>();
  const cache = createResourceCache({
    decode: (bytes) => bytes,
    bytesOf: (bytes) => bytes.length,
    capacity,
    concurrency: 2,
    fetchBytes: (url, signal) => {
      asked.push(url);
      return new Promise((resolve, reject) => {
        doors.set(url, () => resolve(new Uint8Array(10)));
        signal.addEventListener("abort", () => reject(signal.reason as Error));
      });
    },
  });
  return { cache, asked, answer: (url: string) => doors.get(url)!() };
}

describe("createResourceCache", () => {
  it("asks once for what two places want", async () => {
    const { cache, asked, answer } = server();
    const both = [cache.load("a"), cache.load("a")];
    await Promise.resolve();
    answer("a");
    expect(await Promise.all(both)).toHaveLength(2);
    expect(asked).toEqual(["a"]);
    expect(cache.peek("a")).toBeDefined();
  });
  it("opens no more connections than allowed and serves the newest wish first", async () => {
    const { cache, asked, answer } = server();
    const loads = ["a", "b", "c", "d"].map((url) => cache.load(url));
    await Promise.resolve();
    expect(asked).toEqual(["a", "b"]);
    answer("a");
    await loads[0];
    await Promise.resolve();
    expect(asked).toEqual(["a", "b", "d"]);
  });
  it("cancels a fetch when the last one waiting gives up", async () => {
    const { cache } = server();
    const [first, second] = [new AbortController(), new AbortController()];
    const load = cache.load("a", first.signal);
    void cache.load("a", second.signal).catch(() => undefined);
    await Promise.resolve();
    first.abort();
    second.abort(new Error("gone"));
    await expect(load).rejects.toThrow("gone");
  });
  it("forgets the least used when it is full", async () => {
    const { cache, answer } = server(25);
    for (const url of ["a", "b"]) {
      const load = cache.load(url);
      await Promise.resolve();
      answer(url);
      await load;
    }
    cache.peek("a");
    const load = cache.load("c");
    await Promise.resolve();
    answer("c");
    await load;
    expect(["a", "b", "c"].map((url) => cache.peek(url) !== undefined)).toEqual([
      true,
      false,
      true,
    ]);
  });
});
