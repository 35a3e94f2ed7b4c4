import type { ProgressEvent, StageName } from "@seedmask/core/contract";
import { note, type ProgressLine, startProgressLine } from "./output.ts";

/** Draws what a stage says on the terminal; curves are left to the dashboard and `--json`. */
export function createProgressDisplay({ quiet }: { quiet: boolean }): {
  show(event: ProgressEvent): void;
  stop(): void;
} {
  let line: ProgressLine | null = null;
  let stage: StageName | null = null;
  let loss = "";
  const stop = (): void => {
    line?.stop();
    line = null;
    stage = null;
    loss = "";
  };
  return {
    stop,
    show(event) {
      if (event.type === "metric") {
        if (event.name === "loss") loss = `loss ${event.value.toFixed(4)}`;
        return;
      }
      if (event.type === "log") {
        if (!quiet) note(`  ${event.stage}: ${event.message}`);
        return;
      }
      if (stage !== event.stage) {
        stop();
        stage = event.stage;
        line = startProgressLine(event.stage, { quiet });
      }
      const eta = event.etaSeconds === null ? "" : `${Math.ceil(event.etaSeconds)} s left`;
      line?.update(event.done, event.total, [event.unit, eta, loss].filter(Boolean).join(" · "));
    },
  };
}
