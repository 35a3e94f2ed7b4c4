import { describe, expect, it } from "vitest";
import { createBundledFetch } from "./bundle.ts";
import { readBundle } from "./read-bundle.ts";

/** A body as the server writes it. */
function bodyOf(files: readonly (Uint8Array | null)[]): Uint8Array {
  const head = new TextEncoder().encode(JSON.stringify(files.map((file) => file?.length ?? null)));
  const parts = [new Uint8Array(4), head, ...files.filter((file) => file !== null)];
  new DataView(parts[0]!.buffer).setUint32(0, head.length, true);
  return new Uint8Array(parts.flatMap((part) => [...part]));
}

/** Each file's bytes are its own name's; `b…` files are not there. */
const contentOf = (url: string): Uint8Array | null =>
  url.startsWith("b") ? null : new TextEncoder().encode(url);

function bundled(size = 10) {
  const asked: string[] = [];
  const signals: AbortSignal[] = [];
  const fetchFile = createBundledFetch({
    carries: (url) => !url.startsWith("alone"),
    addressOf: (urls) => urls.join("+"),
    size,
    fetchBytes: async (address, signal) => {
      asked.push(address);
      signals.push(signal);
      return address.startsWith("alone")
        ? new Uint8Array([1])
        : bodyOf(address.split("+").map(contentOf));
    },
  });
  return { asked, signals, fetchFile };
}
const never = new AbortController().signal;
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe("createBundledFetch", () => {
  it("asks once for all files of one turn", async () => {
    const { asked, fetchFile } = bundled();
    const files = await Promise.all(["a1", "a2", "a3"].map((url) => fetchFile(url, never)));
    expect(asked).toEqual(["a1+a2+a3"]);
    expect(files.map(text)).toEqual(["a1", "a2", "a3"]);
  });
  it("cuts a large turn into bundles of the allowed size", async () => {
    const { asked, fetchFile } = bundled(2);
    await Promise.all(["a1", "a2", "a3"].map((url) => fetchFile(url, never)));
    expect(asked).toEqual(["a1+a2", "a3"]);
  });
  it("fails only the file that is not there", async () => {
    const { fetchFile } = bundled();
    const [there, gone] = await Promise.allSettled([
      fetchFile("a1", never),
      fetchFile("b1", never),
    ]);
    expect([there?.status, gone?.status]).toEqual(["fulfilled", "rejected"]);
  });
  it("leaves out who gave up before it went out, and cancels when all have", async () => {
    const { asked, signals, fetchFile } = bundled();
    const [early, late] = [new AbortController(), new AbortController()];
    const dropped = fetchFile("a1", early.signal);
    const kept = fetchFile("a2", late.signal);
    early.abort(new Error("scrolled by"));
    await expect(dropped).rejects.toThrow("scrolled by");
    await kept;
    expect(asked).toEqual(["a2"]);
    late.abort();
    expect(signals[0]?.aborted).toBe(true);
  });
  it("fetches alone what a bundle cannot carry", async () => {
    const { asked, fetchFile } = bundled();
    await Promise.all([fetchFile("alone1", never), fetchFile("a1", never)]);
    expect(asked).toEqual(["alone1", "a1"]);
  });
});

describe("readBundle", () => {
  it("refuses a body that was cut short", () => {
    const whole = bodyOf([contentOf("a1"), contentOf("a2")]);
    expect(() => readBundle(whole.subarray(0, -1), 2)).toThrow(/bytes/);
    expect(() => readBundle(whole, 3)).toThrow(/3 files/);
  });
});
