import { FINAL_RUN_STATUSES, type RunStatus } from "@seedmask/core/contract";
import { formatPercent } from "@seedmask/ui/format";

interface Standing {
  readonly status: RunStatus;
  readonly stagesDone: number;
  readonly stagesTotal: number;
  readonly progress: { readonly done: number; readonly total: number } | null;
}

export const isOver = (status: RunStatus): boolean => FINAL_RUN_STATUSES.includes(status);

/** Share of the whole run, 0…1: finished stages and the running one's part, each stage alike. */
export function shareDone({ stagesDone, stagesTotal, progress }: Omit<Standing, "status">): number {
  if (stagesTotal === 0) return 0;
  const part = progress ? progress.done / progress.total : 0;
  return Math.min(1, (stagesDone + part) / stagesTotal);
}

/** What stands behind the status word. */
export const statusDetail = (standing: Standing): string | undefined =>
  standing.status === "running" ? formatPercent(shareDone(standing)) : undefined;
