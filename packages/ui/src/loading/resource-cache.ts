import type { FetchBytes } from "./bundle.ts";
import { fetchAlone } from "./file-transport.ts";

/** Fetches files, at most a few at once, keeps the latest used, and drops a fetch nobody waits for. */
export interface ResourceCache<Value> {
  /** The value if it is here already. */
  readonly peek: (url: string) => Value | undefined;
  /** The value, now or later. Aborting withdraws interest; the last to do so cancels the fetch. */
  readonly load: (url: string, signal?: AbortSignal) => Promise<Value>;
}

interface Flight<Value> {
  readonly promise: Promise<Value>;
  readonly abort: AbortController;
  waiting: number;
}

export interface ResourceCacheOptions<Value> {
  readonly decode: (bytes: Uint8Array) => Value | Promise<Value>;
  readonly bytesOf: (value: Value) => number;
  /** Bytes of decoded values to keep. */
  readonly capacity: number;
  /** Fetches at once; a browser opens six connections to one origin. */
  readonly concurrency?: number;
  readonly fetchBytes?: FetchBytes;
  /** What a value holds outside the heap is let go when it is dropped. */
  readonly release?: (value: Value) => void;
}

export function createResourceCache<Value>({
  decode,
  bytesOf,
  capacity,
  concurrency = 4,
  fetchBytes = fetchAlone,
  release,
}: ResourceCacheOptions<Value>): ResourceCache<Value> {
  const kept = new Map<string, Value>();
  const flights = new Map<string, Flight<Value>>();
  const queue: (() => void)[] = [];
  let running = 0;
  let size = 0;

  const keep = (url: string, value: Value): void => {
    kept.set(url, value);
    size += bytesOf(value);
    for (const [oldest, old] of kept) {
      if (size <= capacity || oldest === url) break;
      kept.delete(oldest);
      size -= bytesOf(old);
      release?.(old);
    }
  };
  const turn = (): Promise<void> => {
    if (running < concurrency) {
      running += 1;
      return Promise.resolve();
    }
    return new Promise((resolve) => queue.push(resolve));
  };
  const leave = (): void => {
    const next = queue.pop();
    if (next === undefined) running -= 1;
    else next();
  };
  const fly = async (url: string, signal: AbortSignal): Promise<Value> => {
    await turn();
    try {
      signal.throwIfAborted();
      const value = await decode(await fetchBytes(url, signal));
      keep(url, value);
      return value;
    } finally {
      leave();
      flights.delete(url);
    }
  };
  const peek = (url: string): Value | undefined => {
    const value = kept.get(url);
    if (value === undefined) return undefined;
    kept.delete(url);
    kept.set(url, value);
    return value;
  };
  const load = (url: string, signal?: AbortSignal): Promise<Value> => {
    const here = peek(url);
    if (here !== undefined) return Promise.resolve(here);
    let flight = flights.get(url);
    if (flight === undefined || flight.abort.signal.aborted) {
      const abort = new AbortController();
      flight = { promise: fly(url, abort.signal), abort, waiting: 0 };
      flight.promise.catch(() => undefined);
      flights.set(url, flight);
    }
    const joined = flight;
    joined.waiting += 1;
    signal?.addEventListener(
      "abort",
      () => {
        joined.waiting -= 1;
        if (joined.waiting === 0) joined.abort.abort(signal.reason);
      },
      { once: true },
    );
    return joined.promise;
  };
  return { peek, load };
}
