import { formatBytes } from "@seedmask/ui/format";
import type { BadgeTone } from "@seedmask/ui/primitives/badge";
import type { RouterOutputs } from "#trpc/types.ts";

export type Worker = RouterOutputs["workers"]["list"][number];

/** Below this a stage may not find room for its checkpoints and masks. */
const LOW_DISK_BYTES = 2e9;

type Facts = Pick<
  Worker,
  "alive" | "runId" | "outdated" | "diskFreeBytes" | "leftAt" | "pairing" | "name"
>;

export const nameOf = ({ pairing, name }: Pick<Worker, "pairing" | "name">): string =>
  pairing?.name ?? name;

/** The one word for what a worker does. */
export function stateOf(worker: Facts): { readonly tone: BadgeTone; readonly word: string } {
  if (worker.pairing?.revokedAt) return { tone: "neutral", word: "unpaired" };
  if (worker.leftAt !== null) return { tone: "neutral", word: "stopped" };
  if (!worker.alive) return { tone: "violet", word: "lost contact" };
  return worker.runId === null ? { tone: "green", word: "idle" } : { tone: "blue", word: "busy" };
}

/** What is wrong with a worker that is there, each with what to do. */
export function warningsOf(worker: Facts): string[] {
  if (worker.leftAt !== null) return [];
  const { diskFreeBytes } = worker;
  return [
    ...(worker.outdated
      ? ["It runs another version than the dashboard. Update and restart it."]
      : []),
    ...(diskFreeBytes !== null && diskFreeBytes < LOW_DISK_BYTES
      ? [`Its disk is nearly full: ${formatBytes(diskFreeBytes)} free. Stages may fail to write.`]
      : []),
  ];
}
