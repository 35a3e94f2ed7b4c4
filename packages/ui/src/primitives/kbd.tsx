import type { ReactNode } from "react";
import { cx } from "../cx.ts";

/** A key, as printed on the keyboard. */
export function Kbd({
  children,
  inverted = false,
}: {
  children: ReactNode;
  inverted?: boolean;
}): ReactNode {
  return (
    <kbd
      className={cx(
        "inline-grid h-5 min-w-5 place-items-center rounded border px-1 font-mono text-[0.6875rem] leading-none",
        inverted ? "border-page/40 text-page" : "border-line-strong/60 bg-sunken text-ink-2",
      )}
    >
      {children}
    </kbd>
  );
}
