import { setTimeout as sleep } from "node:timers/promises";
import { ConfigError, readDimension, type RunConfig, settingText } from "@seedmask/core/contract";
import {
  cancelSweep,
  createSweep,
  type Database,
  getDatasetVersion,
  getSweep,
  type SweepDetail,
  SYSTEM_ACTOR,
} from "@seedmask/db";
import { type Command, InvalidArgumentError } from "commander";
import { codeVersion } from "../code-version.ts";
import { EXIT } from "./exit-codes.ts";
import { interruptSignal } from "./interrupt.ts";
import { note, percent, print, printJson, printTable, seconds } from "./output.ts";
import { readConfig } from "./set-fields.ts";
import { withDatabase } from "./with-database.ts";

const POLL_MILLISECONDS = 1000;
/** Runs of a grid at most, where no budget is given. */
const GRID_BUDGET = 100;

interface SweepFlags {
  readonly recipe?: string;
  readonly config?: string;
  readonly dataset: string;
  readonly set?: readonly string[];
  readonly vary: readonly string[];
  readonly random?: number;
  readonly atOnce: number;
  readonly title?: string;
  readonly wait?: boolean;
  readonly json?: boolean;
}

const integer = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("a number from 1");
  return value;
};
const collect = (value: string, all: readonly string[] = []): string[] => [...all, value];

/** `field=a,b,c` or `field=lo..hi` */
function dimensionOf(config: RunConfig, assignment: string) {
  const at = assignment.indexOf("=");
  if (at < 1) throw new ConfigError(`--vary: expected field=values, got ${assignment}.`);
  return readDimension(config, assignment.slice(0, at), assignment.slice(at + 1));
}

function printSweep(sweep: SweepDetail): void {
  print(`${sweep.title} ${sweep.id}: ${sweep.status}, ${sweep.done} of ${sweep.points} runs`);
  printTable(
    ["#", "SETTING", "RUN", "STATUS", "REUSED", "TIME", "mIoU"],
    sweep.trials.map(({ point, setting, run }) => [
      String(point + 1),
      settingText(setting),
      run?.id ?? "–",
      run?.status ?? "to come",
      run ? `${run.reused}/${run.stages}` : "–",
      seconds(run?.duration),
      percent(run?.meanIou) +
        (run && run.meanIou !== null && run.meanIou === sweep.best ? " *" : ""),
    ]),
  );
}

/** Follows a sweep to its end; Ctrl-C cancels it. */
async function waitFor(db: Database, id: string, quiet: boolean): Promise<SweepDetail> {
  const signal = interruptSignal();
  const said = new Set<string>();
  let cancelled = false;
  for (;;) {
    const sweep = await getSweep(db, id);
    for (const { setting, run } of sweep.trials) {
      if (!run?.finishedAt || said.has(run.id)) continue;
      said.add(run.id);
      if (!quiet) note(`  ${settingText(setting)}: ${run.status}, mIoU ${percent(run.meanIou)}`);
    }
    if (sweep.status === "finished" || (sweep.status === "cancelled" && sweep.done === said.size)) {
      return sweep;
    }
    if (signal.aborted && !cancelled) {
      cancelled = true;
      await cancelSweep(db, { actor: SYSTEM_ACTOR, sweepId: id });
    }
    await sleep(POLL_MILLISECONDS);
  }
}

function exitCodeOf({ status, trials }: SweepDetail): number {
  if (status === "cancelled") return EXIT.cancelled;
  return trials.every(({ run }) => run?.status === "succeeded") ? EXIT.ok : EXIT.failed;
}

async function sweepCommand(flags: SweepFlags): Promise<void> {
  const { config, recipe } = await readConfig(flags);
  const random = flags.random !== undefined;
  await withDatabase(async (db) => {
    const { hash } = await getDatasetVersion(db, flags.dataset);
    const created = await createSweep(db, {
      actor: SYSTEM_ACTOR,
      title: flags.title ?? flags.vary.map((text) => text.split("=")[0]).join(" × "),
      config,
      dataset: hash,
      recipe: recipe && { name: recipe.name, version: recipe.version },
      plan: {
        space: flags.vary.map((assignment) => dimensionOf(config, assignment)),
        strategy: random ? "random" : "grid",
        budget: flags.random ?? GRID_BUDGET,
        seed: config.seed,
        atOnce: flags.atOnce,
      },
      codeVersion: codeVersion(),
    });
    if (!flags.wait) {
      if (flags.json) printJson(created);
      else print(`${created.id}: ${created.points} runs`);
      return;
    }
    const sweep = await waitFor(db, created.id, flags.json ?? false);
    if (flags.json) printJson(sweep);
    else printSweep(sweep);
    process.exitCode = exitCodeOf(sweep);
  });
}

/** `seedmask sweep` */
export function addSweepCommand(program: Command): void {
  program
    .command("sweep")
    .description("Launch runs that differ in a few fields, one after the other")
    .option("--recipe <name>", "recipe to follow")
    .option("--config <file>", "config file instead of a recipe")
    .requiredOption("--dataset <name>", "dataset by name or hash")
    .option("--set <field=value>", "change a field of every run", collect)
    .requiredOption(
      "--vary <field=a,b,c>",
      "values of a field, or a range lo..hi with --random; may be given several times",
      collect,
    )
    .option("--random <n>", "draw so many points instead of every combination", integer)
    .option("--at-once <n>", "runs under way at the same moment", integer, 1)
    .option("--title <text>", "what the sweep is about")
    .option("--wait", "follow it to its end; Ctrl-C cancels it")
    .option("--json", "print JSON")
    .action(sweepCommand);
}
