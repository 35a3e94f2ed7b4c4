"use client";
import { formatAge, formatDuration } from "@seedmask/ui/format";
import { useNow } from "#lib/use-now.ts";

/** How long ago, with the moment itself on hover. */
export function Age({ at }: { readonly at: Date }) {
  const now = useNow();
  return (
    <time dateTime={at.toISOString()} title={at.toISOString()} suppressHydrationWarning>
      {now === null ? "" : formatAge(Math.max(0, (now - at.getTime()) / 1000))}
    </time>
  );
}

interface ElapsedProps {
  readonly from: Date | null;
  readonly to: Date | null;
  /** Seconds, where they were measured. */
  readonly seconds?: number | null;
}

/** Duration so far, or in all. */
export function Elapsed({ from, to, seconds }: ElapsedProps) {
  const now = useNow();
  if (seconds !== undefined && seconds !== null) return <>{formatDuration(seconds)}</>;
  if (from === null) return <>{formatDuration("not-yet")}</>;
  const end = to?.getTime() ?? now;
  if (end === null) return null;
  return <>{formatDuration(Math.max(0, (end - from.getTime()) / 1000))}</>;
}
