import { plannedStages, STAGES, type StageName, type StageResult } from "@seedmask/core/contract";
import { findDataset, planPipeline, type PlannedStage, runStage } from "@seedmask/core/pipeline";
import { activateBackend } from "@seedmask/core/tensor/backend";
import { Argument, type Command, InvalidArgumentError } from "commander";
import { codeVersion } from "../code-version.ts";
import { env } from "../env.ts";
import { interruptSignal } from "./interrupt.ts";
import { megabytes, note, percent, print, printJson, printTable, seconds } from "./output.ts";
import { readConfig } from "./set-fields.ts";
import { createProgressDisplay } from "./show-progress.ts";

interface StageFlags {
  readonly recipe?: string;
  readonly config?: string;
  readonly dataset: string;
  readonly set?: readonly string[];
  readonly limit?: number;
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

const integer = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("a number from 1");
  return value;
};

function printPlan(plan: readonly PlannedStage[], json: boolean): void {
  if (json) return printJson(plan);
  printTable(
    ["STAGE", "READS", "WRITES", "STATE"],
    plan.map(({ stage, reads, writes, missing, cached }) => [
      stage,
      reads.join(" ") || "–",
      writes.join(" ") || "–",
      cached ? "done" : missing.length > 0 ? `waits for ${missing.join(" ")}` : "ready",
    ]),
  );
}

function printResult(result: StageResult): void {
  const state = result.cached ? "reused, had taken" : "done in";
  print(
    `${result.stage}: ${state} ${seconds(result.seconds)}, peak ${megabytes(result.peakMemoryBytes)}`,
  );
  for (const [name, value] of Object.entries(result.metrics))
    print(`  ${name} ${value.toFixed(4)}`);
  for (const { policy, meanIou, images, coverage } of result.evaluations) {
    print(
      `  ${policy.split}: mIoU ${percent(meanIou)} on ${images} images, coverage ${percent(coverage)}`,
    );
  }
  for (const [kind, hash] of Object.entries(result.outputs)) print(`  ${kind} ${hash}`);
}

async function stageCommand(name: StageName | "all", flags: StageFlags): Promise<void> {
  const json = flags.json ?? false;
  const { config } = await readConfig(flags);
  const { manifest } = await findDataset(env.home, flags.dataset);
  const limit = flags.limit ?? null;
  const question = { config, dataset: manifest.hash, home: env.home, limit };
  const planned = plannedStages(config);
  const wanted: readonly StageName[] = name === "all" ? planned : [name];
  if (flags.dryRun) {
    const plan = await planPipeline(question);
    return printPlan(
      plan.filter(({ stage }) => wanted.includes(stage)),
      json,
    );
  }
  const signal = interruptSignal();
  const backend = await activateBackend({ backend: env.backend });
  if (!json) note(`  ${backend.backend} on ${backend.device}, ${codeVersion()}`);
  const display = createProgressDisplay({ quiet: json });
  const results: StageResult[] = [];
  for (const stage of wanted) {
    const plan = await planPipeline(question);
    const inputs = plan.find((each) => each.stage === stage)?.inputs ?? {};
    const request = { runId: "cli", stage, attempt: 0, config, dataset: manifest.hash, inputs };
    const result = await runStage(request, {
      home: env.home,
      backend,
      signal,
      limit,
      force: flags.force ?? false,
      checkpointSeconds: env.checkpointSeconds,
      emit: (event) => display.show(event),
    }).finally(() => display.stop());
    results.push(result);
    if (!json) printResult(result);
  }
  if (json) printJson(name === "all" ? results : results[0]);
}

/** `seedmask stage NAME`: the worker's own code path, without queue and database. */
export function addStageCommand(program: Command): void {
  program
    .command("stage")
    .description("Run one stage alone, or all of them, without the database")
    .addArgument(new Argument("<name>", "stage").choices([...STAGES, "all"]))
    .option("--recipe <name>", "recipe to follow")
    .option("--config <file>", "config file instead of a recipe")
    .requiredOption("--dataset <name>", "imported dataset by name or hash")
    .option("--set <field=value>", "change a field", (value, all: string[] = []) => [...all, value])
    .option("--limit <n>", "take so many images of each split", integer)
    .option("--dry-run", "print the plan and do nothing")
    .option("--force", "compute anew even where the result exists")
    .option("--json", "print JSON")
    .action(stageCommand);
}
