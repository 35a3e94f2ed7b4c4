import { useEffect, useState } from "react";
import type { ResourceCache } from "./resource-cache.ts";

export type Loaded<Value> =
  | { readonly status: "none" | "loading" }
  | { readonly status: "ready"; readonly value: Value }
  | { readonly status: "failed"; readonly message: string };

/** A file by URL; null asks for nothing. The fetch is dropped when the component goes. */
export function useResource<Value>(cache: ResourceCache<Value>, url: string | null): Loaded<Value> {
  const [result, setResult] = useState<{ url: string | null; loaded: Loaded<Value> }>({
    url: null,
    loaded: { status: "none" },
  });
  useEffect(() => {
    if (url === null || cache.peek(url) !== undefined) return;
    const interest = new AbortController();
    cache.load(url, interest.signal).then(
      (value) => {
        if (!interest.signal.aborted) setResult({ url, loaded: { status: "ready", value } });
      },
      (error: unknown) => {
        if (interest.signal.aborted) return;
        const message = error instanceof Error ? error.message : String(error);
        setResult({ url, loaded: { status: "failed", message } });
      },
    );
    return () => interest.abort();
  }, [cache, url]);
  if (url === null) return { status: "none" };
  if (result.url === url) return result.loaded;
  const here = cache.peek(url);
  return here === undefined ? { status: "loading" } : { status: "ready", value: here };
}

/** Fetches ahead of need; failures stay silent until the file is really wanted. */
export function prefetch<Value>(
  cache: ResourceCache<Value>,
  urls: readonly string[],
  signal?: AbortSignal,
): void {
  for (const url of urls) cache.load(url, signal).catch(() => undefined);
}
