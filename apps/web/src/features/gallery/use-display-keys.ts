import { useEffect, useEffectEvent } from "react";
import { type Display, displayAfterKey } from "./display.ts";

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches("input, textarea, select, [role='slider']"));

/** The display's keys for a whole page, but not while typing and not while a control has Space. */
export function useDisplayKeys(
  enabled: boolean,
  display: Display,
  onChange: (display: Display) => void,
  onStage: (position: number) => void,
): void {
  const press = useEffectEvent((event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const onControl = event.target instanceof Element && event.target.closest("button, a, [role]");
    if (event.key === " " && onControl) return;
    const next = displayAfterKey(display, event.key.toLowerCase());
    if (next !== null) onChange(next);
    else if (/^[1-9]$/.test(event.key)) onStage(Number(event.key) - 1);
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    if (!enabled) return;
    const listener = (event: KeyboardEvent): void => press(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, [enabled]);
}
