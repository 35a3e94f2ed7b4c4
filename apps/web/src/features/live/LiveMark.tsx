"use client";
import { Badge } from "@seedmask/ui/primitives/badge";
import { Unplug } from "lucide-react";
import { useEffect, useState } from "react";
import { useLive } from "./LiveEvents.tsx";

/** Longer than a reconnect takes. */
const PATIENCE_MS = 6_000;

/** Says so when the screen no longer follows; silent while all is well. */
export function LiveMark() {
  const { connected } = useLive();
  return connected ? null : <AfterPatience />;
}

function AfterPatience() {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return late ? (
    <Badge tone="amber" icon={<Unplug aria-hidden />}>
      Not live
    </Badge>
  ) : null;
}
