import { STAGE_TITLES, type StageName } from "@seedmask/core/contract";
import { formatBytes, formatDuration } from "@seedmask/ui/format";

interface Planned {
  readonly stages: readonly {
    readonly stage: StageName;
    readonly reuse: object | null;
    readonly seconds: number | null;
    readonly memoryBytes: number;
    readonly peakMemoryBytes: number | null;
  }[];
  readonly seconds: number;
  readonly unmeasured: readonly StageName[];
  readonly workers: number;
}

/** "stage 1", "stages 1–3", "stages 1–2 and 4": positions as the table below numbers them. */
function stageNumbers(positions: readonly number[]): string {
  const spans: [number, number][] = [];
  for (const at of positions) {
    const last = spans.at(-1);
    if (last && last[1] === at - 1) last[1] = at;
    else spans.push([at, at]);
  }
  const said = spans.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
  const list = [said.slice(0, -1).join(", "), said.at(-1)].filter(Boolean).join(" and ");
  return `${positions.length === 1 ? "stage" : "stages"} ${list}`;
}

/** Repeats after the first have seeds of their own, so they compute every stage. */
function timeOf({ stages, seconds, unmeasured }: Planned, repeats: number): string {
  const anew = stages.reduce((sum, stage) => sum + (stage.seconds ?? 0), 0);
  const known = seconds + (repeats - 1) * anew;
  if (known === 0 && unmeasured.length > 0)
    return "No measurement of such work on this machine yet";
  const rest =
    unmeasured.length === 0
      ? ""
      : `, without ${unmeasured.map((stage) => STAGE_TITLES[stage].toLowerCase()).join(", ")}, not measured here yet`;
  return `About ${formatDuration(known)}${repeats === 1 ? "" : ` for ${repeats} runs`}${rest}`;
}

/** The estimate in a sentence or three. */
export function summaryOf(plan: Planned, repeats: number): string {
  const running = plan.stages.filter(({ reuse }) => reuse === null);
  const most = Math.max(
    0,
    ...running.map(({ peakMemoryBytes, memoryBytes }) => peakMemoryBytes ?? memoryBytes),
  );
  const reused = plan.stages.flatMap(({ reuse }, at) => (reuse === null ? [] : [at + 1]));
  return [
    timeOf(plan, repeats),
    ...(running.length === 0 ? [] : [`memory up to ${formatBytes(most)}`]),
    ...(reused.length === 0 ? [] : [`this will reuse ${stageNumbers(reused)}`]),
    ...(plan.workers === 0 ? ["no worker is here: it will wait"] : []),
  ].join(" · ");
}
