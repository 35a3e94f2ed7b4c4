import type { SweepStatus } from "@seedmask/core/contract";
import type { StatusName } from "@seedmask/ui/primitives/status";

/** A sweep says its state in the words of runs. */
export const SWEEP_STATUS: Readonly<Record<SweepStatus, StatusName>> = {
  running: "running",
  paused: "paused",
  cancelled: "cancelled",
  finished: "succeeded",
};
