import { type RefObject, useEffect, useState } from "react";

export interface ChartColours {
  readonly ink: string;
  readonly grid: string;
  readonly accent: string;
  readonly series: readonly string[];
}

const read = (node: HTMLElement): ChartColours => {
  const style = getComputedStyle(node);
  const token = (name: string): string => style.getPropertyValue(`--sm-${name}`).trim();
  return {
    ink: token("ink-3"),
    grid: token("line"),
    accent: token("accent"),
    series: Array.from({ length: 8 }, (_, index) => token(`series-${index + 1}`)),
  };
};

/** Tokens as plain colours for a canvas; they follow the theme. Null before the first paint. */
export function useThemeColours(element: RefObject<HTMLElement | null>): ChartColours | null {
  const [colours, setColours] = useState<ChartColours | null>(null);
  useEffect(() => {
    const node = element.current;
    if (node === null) return;
    const update = (): void => setColours(read(node));
    update();
    const observer = new MutationObserver(update);
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ["class"] });
    return () => observer.disconnect();
  }, [element]);
  return colours;
}
