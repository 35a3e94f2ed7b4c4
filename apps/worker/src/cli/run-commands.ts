import { setTimeout as sleep } from "node:timers/promises";
import { FINAL_RUN_STATUSES, RUN_STATUSES, type RunStatus } from "@seedmask/core/contract";
import {
  cancelRun,
  createRun,
  type Database,
  getDatasetVersion,
  getRun,
  listRuns,
  type RunDetail,
  SYSTEM_ACTOR,
} from "@seedmask/db";
import { type Command, InvalidArgumentError, Option } from "commander";
import { codeVersion } from "../code-version.ts";
import { EXIT } from "./exit-codes.ts";
import { interruptSignal } from "./interrupt.ts";
import {
  note,
  percent,
  print,
  printJson,
  printTable,
  seconds,
  startProgressLine,
} from "./output.ts";
import { readConfig } from "./set-fields.ts";
import { withDatabase } from "./with-database.ts";

const POLL_MILLISECONDS = 500;

interface RunFlags {
  readonly recipe?: string;
  readonly config?: string;
  readonly dataset: string;
  readonly set?: readonly string[];
  readonly title?: string;
  readonly tag?: readonly string[];
  readonly wait?: boolean;
  readonly json?: boolean;
}

const integer = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("a number from 1");
  return value;
};
const collect = (value: string, all: readonly string[] = []): string[] => [...all, value];

function iouOf({ evaluations, config }: RunDetail, stage: string): number | null {
  const found = evaluations.find(
    (each) => each.stage === stage && each.policy.split === config.evaluationSplit,
  );
  return found?.meanIou ?? null;
}

function printRun(run: RunDetail): void {
  print(`${run.name} ${run.id}: ${run.status}, mIoU ${percent(run.meanIou)}`);
  print(`dataset ${run.dataset.name}, recipe ${run.recipe?.name ?? "–"}, seed ${run.seed}`);
  if (run.error) print(`error: ${run.error.message}`);
  printTable(
    ["STAGE", "STATUS", "TIME", "mIoU"],
    run.stages.map((stage) => [
      stage.stage,
      stage.cached ? "reused" : stage.status,
      seconds(stage.seconds),
      percent(iouOf(run, stage.stage)),
    ]),
  );
}

const CODES: Readonly<Partial<Record<RunStatus, number>>> = {
  succeeded: EXIT.ok,
  cancelled: EXIT.cancelled,
};

/** Follows a run to its end; Ctrl-C cancels it. */
async function waitFor(db: Database, runId: string, quiet: boolean): Promise<RunDetail> {
  const signal = interruptSignal();
  const said = new Set<string>();
  let line = startProgressLine("", { quiet: true });
  let shown = "";
  let cancelled = false;
  for (;;) {
    const run = await getRun(db, runId);
    for (const { stage, status, seconds: took } of run.stages) {
      if (status === "waiting" || status === "running" || said.has(stage)) continue;
      said.add(stage);
      line.stop();
      if (!quiet)
        note(`  ${stage}: ${status} in ${seconds(took)}, mIoU ${percent(iouOf(run, stage))}`);
    }
    const running = run.stages.find(({ status }) => status === "running");
    if (running?.progress) {
      if (shown !== running.stage) line = startProgressLine(running.stage, { quiet });
      shown = running.stage;
      line.update(running.progress.done, running.progress.total, running.progress.unit);
    }
    if (FINAL_RUN_STATUSES.includes(run.status)) {
      line.stop();
      return run;
    }
    if (signal.aborted && !cancelled) {
      cancelled = true;
      await cancelRun(db, { actor: SYSTEM_ACTOR, runId });
    }
    await sleep(POLL_MILLISECONDS);
  }
}

async function runCommand(flags: RunFlags): Promise<void> {
  const { config, recipe } = await readConfig(flags);
  await withDatabase(async (db) => {
    const { hash } = await getDatasetVersion(db, flags.dataset);
    const changed = (flags.set?.length ?? 0) > 0;
    const [created] = await createRun(db, {
      actor: SYSTEM_ACTOR,
      config,
      dataset: hash,
      recipe: recipe && !changed ? { name: recipe.name, version: recipe.version } : null,
      title: flags.title ?? null,
      tags: flags.tag ?? [],
      codeVersion: codeVersion(),
    });
    if (!flags.wait) {
      if (flags.json) printJson(created);
      else print(`${created!.name} ${created!.id}`);
      return;
    }
    const quiet = flags.json ?? false;
    const run = await waitFor(db, created!.id, quiet);
    if (quiet) printJson(run);
    else printRun(run);
    process.exitCode = CODES[run.status] ?? EXIT.failed;
  });
}

interface ListFlags {
  readonly limit: number;
  readonly status?: RunStatus;
  readonly json?: boolean;
}

async function listCommand({ limit, status, json }: ListFlags): Promise<void> {
  await withDatabase(async (db) => {
    const { rows } = await listRuns(db, { limit, ...(status && { filter: { status: [status] } }) });
    if (json) return printJson(rows);
    printTable(
      ["RUN", "ID", "STATUS", "mIoU"],
      rows.map((row) => [row.name, row.id, row.status, percent(row.meanIou)]),
    );
  });
}

/** `seedmask run`, `runs`, `show`, `cancel` */
export function addRunCommands(program: Command): void {
  program
    .command("run")
    .description("Launch a run; a worker takes it up")
    .option("--recipe <name>", "recipe to follow")
    .option("--config <file>", "config file instead of a recipe")
    .requiredOption("--dataset <name>", "dataset by name or hash")
    .option("--set <field=value>", "change a field, e.g. seeds.scales=[1,0.5]", collect)
    .option("--title <text>", "what the run is about")
    .option("--tag <tag>", "tag, may be given several times", collect)
    .option("--wait", "follow the run to its end; Ctrl-C cancels it")
    .option("--json", "print JSON")
    .action(runCommand);
  program
    .command("runs")
    .description("List runs, newest first")
    .option("--limit <n>", "how many", integer, 20)
    .addOption(new Option("--status <status>", "only these").choices(RUN_STATUSES))
    .option("--json", "print JSON")
    .action(listCommand);
  program
    .command("show <run>")
    .description("Stages, figures and errors of a run")
    .option("--json", "print JSON")
    .action((id: string, { json }: { readonly json?: boolean }) =>
      withDatabase(async (db) => {
        const run = await getRun(db, id);
        if (json) printJson(run);
        else printRun(run);
      }),
    );
  program
    .command("cancel <run>")
    .description("Stop a run; what it has computed is kept")
    .option("--json", "print JSON")
    .action((runId: string, { json }: { readonly json?: boolean }) =>
      withDatabase(async (db) => {
        const { status } = await cancelRun(db, { actor: SYSTEM_ACTOR, runId });
        if (json) printJson({ id: runId, status });
        else print(`${runId}: ${status}`);
      }),
    );
}
