"use client";
import { Badge } from "@seedmask/ui/primitives/badge";
import { Unplug } from "lucide-react";
import { useEffect, useState } from "react";
import { useLive } from "./LiveEvents.tsx";

/** Broken for longer than a reconnect takes. */
const PATIENCE_MS = 6_000;

/** Says so when the screen no longer follows; silent while all is well. */
export function LiveMark() {
  const { connected } = useLive();
  const [stale, setStale] = useState(false);
  useEffect(() => {
    if (connected) {
      setStale(false);
      return;
    }
    const timer = setTimeout(() => setStale(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [connected]);
  if (!stale) return null;
  return (
    <Badge tone="amber" icon={<Unplug aria-hidden />}>
      Not live
    </Badge>
  );
}
