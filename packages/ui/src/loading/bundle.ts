import { readBundle } from "./read-bundle.ts";

export type FetchBytes = (url: string, signal: AbortSignal) => Promise<Uint8Array>;

export interface BundledFetchOptions {
  /** Address that answers with these files, in this order; neighbours of one folder stand together. */
  readonly addressOf: (urls: readonly string[]) => string;
  /** Whether a file may travel in a bundle. */
  readonly carries: (url: string) => boolean;
  /** How a file that may not is fetched, and how a bundle is. */
  readonly fetchBytes: FetchBytes;
  /** Files a bundle at most. */
  readonly size: number;
}

interface Wish {
  readonly url: string;
  readonly signal: AbortSignal;
  readonly resolve: (bytes: Uint8Array) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Fetches the files that are asked for in one turn of the event loop with one request. Who gives up
 * before it goes out is left out of it; when all have given up it is cancelled.
 */
export function createBundledFetch({
  addressOf,
  carries,
  fetchBytes,
  size,
}: BundledFetchOptions): FetchBytes {
  let wishes: Wish[] = [];

  const send = async (bundle: readonly Wish[]): Promise<void> => {
    const abort = new AbortController();
    let waiting = bundle.length;
    for (const { signal, reject } of bundle) {
      const leave = (): void => {
        reject(signal.reason);
        waiting -= 1;
        if (waiting === 0) abort.abort(signal.reason);
      };
      signal.addEventListener("abort", leave, { once: true });
    }
    try {
      const urls = bundle.map(({ url }) => url);
      const files = readBundle(await fetchBytes(addressOf(urls), abort.signal), urls.length);
      for (const [at, { resolve, reject }] of bundle.entries()) {
        const bytes = files[at];
        if (bytes) resolve(bytes);
        else reject(new Error("There is no such file."));
      }
    } catch (error) {
      for (const { reject } of bundle) reject(error);
    }
  };
  const flush = (): void => {
    const wanted = wishes.filter(({ signal }) => !signal.aborted);
    for (const { signal, reject } of wishes) if (signal.aborted) reject(signal.reason);
    wishes = [];
    wanted.sort((a, b) => (a.url < b.url ? -1 : 1));
    for (let start = 0; start < wanted.length; start += size) {
      void send(wanted.slice(start, start + size));
    }
  };
  return (url, signal) => {
    if (!carries(url)) return fetchBytes(url, signal);
    return new Promise((resolve, reject) => {
      if (wishes.length === 0) setTimeout(flush);
      wishes.push({ url, signal, resolve, reject });
    });
  };
}
