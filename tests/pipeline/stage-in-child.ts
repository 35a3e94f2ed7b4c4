import { type ChildProcess, fork } from "node:child_process";
import type { ProgressEvent, StageRequest, StageResult } from "@seedmask/core/contract";

interface Message {
  readonly type: string;
  readonly event?: ProgressEvent;
  readonly result?: StageResult;
  readonly message?: string;
}

/** When a child is killed: once it has done so many steps or images. */
export interface Death {
  readonly unit?: "step" | "image";
  readonly at: number;
}

const children: ChildProcess[] = [];

function startChild(): ChildProcess {
  const child = fork(new URL("stage-child.ts", import.meta.url), { serialization: "advanced" });
  children.push(child);
  return child;
}

export function killChildren(): void {
  for (const child of children) child.kill("SIGKILL");
}

/** Runs a stage in a process of its own, which may be killed on its way; the result is then null. */
export async function runInChild(
  request: StageRequest,
  home: string,
  death: Death | null = null,
): Promise<{ result: StageResult | null; log: string[] }> {
  const child = startChild();
  const log: string[] = [];
  const dies = (event: ProgressEvent | undefined): boolean =>
    death !== null &&
    event?.type === "progress" &&
    event.done >= death.at &&
    (death.unit === undefined || death.unit === event.unit);
  const { promise, resolve, reject } = Promise.withResolvers<StageResult | null>();
  child.on("exit", () => resolve(null));
  child.on("message", ({ type, event, result, message }: Message) => {
    if (type === "ready") child.send({ request, home });
    else if (type === "done") resolve(result!);
    else if (type === "failed") reject(new Error(message));
    else if (event?.type === "log") log.push(event.message);
    else if (dies(event)) child.kill("SIGKILL");
  });
  try {
    return { result: await promise, log };
  } finally {
    child.kill("SIGKILL");
  }
}
