"use client";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { PLACES } from "./navigation.ts";

interface ShellKeys {
  readonly onSearch: () => void;
  readonly onShortcuts: () => void;
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));

/** Ctrl+K searches, Ctrl+/ shows the keys, `g` and a letter goes to a place. */
export function useShellKeys({ onSearch, onShortcuts }: ShellKeys): void {
  const router = useRouter();
  const going = useRef(false);
  const latest = useRef({ onSearch, onShortcuts });
  latest.current = { onSearch, onShortcuts };

  useEffect(() => {
    let forget: ReturnType<typeof setTimeout>;
    function onKeyDown(event: KeyboardEvent): void {
      const command = event.ctrlKey || event.metaKey;
      if (command && event.key === "k") {
        event.preventDefault();
        latest.current.onSearch();
        return;
      }
      if (command && event.key === "/") {
        event.preventDefault();
        latest.current.onShortcuts();
        return;
      }
      if (command || event.altKey || isTyping(event.target)) return;
      if (going.current) {
        going.current = false;
        const place = PLACES.find(({ key }) => key === event.key);
        if (place) router.push(place.href);
        return;
      }
      if (event.key === "g") {
        going.current = true;
        clearTimeout(forget);
        forget = setTimeout(() => {
          going.current = false;
        }, 1_000);
      }
    }
    window.addEventListener("keydown", onKeyDown);
    return () => {
      clearTimeout(forget);
      window.removeEventListener("keydown", onKeyDown);
    };
  }, [router]);
}
