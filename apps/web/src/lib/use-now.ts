"use client";
import { useSyncExternalStore } from "react";

const STEP_MS = 1_000;
let now = 0;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const notify of listeners) notify();
  }, STEP_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

const read = (): number => (now ||= Date.now());
const readOnServer = (): null => null;

/** Milliseconds since 1970, once a second; null on the server and in the first paint. */
export const useNow = (): number | null => useSyncExternalStore(subscribe, read, readOnServer);
