import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { FINAL_RUN_STATUSES, STAGE_TITLES } from "@seedmask/core/contract";
import { type Database, getRun, type RunDetail, type StageRow } from "@seedmask/db";

const BAR_CELLS = 20;

const percent = (iou: number): string => `${(iou * 100).toFixed(1)} % mIoU`;

/** Mean IoU of a stage's masks on the evaluation split, or null. */
export function stageIou(run: RunDetail, stage: StageRow["stage"]): number | null {
  const split = run.config.evaluationSplit;
  const evaluation = run.evaluations.find(
    (each) => each.stage === stage && each.policy.split === split,
  );
  return evaluation?.meanIou ?? null;
}

function finishedLine(run: RunDetail, stage: StageRow): string {
  const iou = stageIou(run, stage.stage);
  const facts = [
    stage.seconds === null ? "" : `${stage.seconds.toFixed(1)} s`,
    stage.cached ? "taken from an equal earlier run" : "",
    iou === null ? "" : percent(iou),
    stage.error?.message ?? "",
  ];
  const mark = stage.status === "failed" ? "✗" : "✓";
  return `  ${mark} ${STAGE_TITLES[stage.stage].padEnd(20)} ${facts.filter(Boolean).join(" · ")}`;
}

function liveLine(stage: StageRow): string {
  const { progress } = stage;
  if (progress === null) return `  … ${STAGE_TITLES[stage.stage]}`;
  const cells = Math.round((progress.done / progress.total) * BAR_CELLS);
  const bar = "█".repeat(cells).padEnd(BAR_CELLS, "░");
  const eta = progress.etaSeconds === null ? "" : ` · ${Math.ceil(progress.etaSeconds)} s left`;
  const count = `${progress.done}/${progress.total} ${progress.unit}s`;
  return `  … ${STAGE_TITLES[stage.stage].padEnd(20)} ${bar} ${count}${eta}`;
}

const isOver = (stage: StageRow): boolean =>
  stage.status !== "waiting" && stage.status !== "running";

/**
 * Shows a run on the terminal until it has ended, and gives its last state. On a terminal the running
 * stage is one moving line; elsewhere each stage is said once, when it is over.
 */
export async function followRun(
  db: Database,
  runId: string,
  { signal }: { signal: AbortSignal },
): Promise<RunDetail> {
  const said = new Set<string>();
  const terminal = process.stdout.isTTY;
  const clear = terminal ? "\r\u001B[2K" : "";
  for (;;) {
    const run = await getRun(db, runId);
    for (const stage of run.stages.filter((each) => isOver(each) && !said.has(each.stage))) {
      said.add(stage.stage);
      console.log(`${clear}${finishedLine(run, stage)}`);
    }
    if (FINAL_RUN_STATUSES.includes(run.status)) return run;
    const running = run.stages.find((stage) => stage.status === "running");
    if (terminal && running) process.stdout.write(`${clear}${liveLine(running)}`);
    await sleep(terminal ? 500 : 1000, undefined, { signal });
  }
}
