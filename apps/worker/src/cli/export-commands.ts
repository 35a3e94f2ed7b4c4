import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { STAGES, type StageName, publishedResults } from "@seedmask/core/contract";
import { getDatasetVersion, leaderboard, listPolicies, NotFoundError } from "@seedmask/db";
import { EXPORT_FORMATS, type ExportFormat, exportFileName } from "@seedmask/db/exchange/exports";
import {
  formatLeaderboard,
  LEADERBOARD_FORMATS,
  type LeaderboardFormat,
} from "@seedmask/core/contract";
import { type Command, Option } from "commander";
import { Disk } from "flydrive";
import { FSDriver } from "flydrive/drivers/fs";
import { env } from "../env.ts";
import { interruptSignal } from "./interrupt.ts";
import { note } from "./output.ts";
import { withDatabase } from "./with-database.ts";

interface ExportFlags {
  readonly stage: StageName;
  readonly format: ExportFormat;
  readonly out?: string;
}

async function exportCommand(runId: string, { stage, format, out }: ExportFlags): Promise<void> {
  const files = new Disk(new FSDriver({ location: env.home, visibility: "private" }));
  const target = out ?? exportFileName(runId, stage, format);
  await withDatabase(async (db) => {
    const stream = await EXPORT_FORMATS[format].write({ db, files }, { runId, stage });
    const signal = interruptSignal();
    if (target === "-") return pipeline(stream, process.stdout, { signal });
    const partial = `${target}.part`;
    try {
      await pipeline(stream, createWriteStream(partial), { signal });
      await rename(partial, target);
    } finally {
      await rm(partial, { force: true });
    }
    note(target);
  });
}

interface LeaderboardFlags {
  readonly stage: StageName;
  readonly split?: string;
  readonly format: LeaderboardFormat;
}

async function leaderboardCommand(dataset: string, flags: LeaderboardFlags): Promise<void> {
  await withDatabase(async (db) => {
    const { hash, classes } = await getDatasetVersion(db, dataset);
    const policies = await listPolicies(db, { dataset: hash });
    const chosen = policies.find(
      ({ policy }) =>
        policy.stage === flags.stage && (flags.split === undefined || policy.split === flags.split),
    );
    if (!chosen) {
      throw new NotFoundError(
        `leaderboard: expected results of ${flags.stage} on ${dataset}, found none.`,
      );
    }
    const published = publishedResults(classes, chosen.policy);
    const rows = await leaderboard(db, { policyKey: chosen.policyKey });
    process.stdout.write(formatLeaderboard({ rows, classes, published }, flags.format));
    note(`policy ${chosen.policyKey}`);
  });
}

/** `seedmask export` and `seedmask leaderboard` */
export function addExportCommands(program: Command): void {
  program
    .command("export <run>")
    .description("Write masks (voc, coco) or results (csv by image, classes) of a stage")
    .addOption(new Option("--stage <stage>", "whose").choices(STAGES).makeOptionMandatory())
    .addOption(
      new Option("--format <format>").choices(Object.keys(EXPORT_FORMATS)).makeOptionMandatory(),
    )
    .option("--out <file>", "where to; - is standard output (default: a name of its own)")
    .action(exportCommand);
  program
    .command("leaderboard <dataset>")
    .description("Print the ranking under the policy most runs share")
    .addOption(new Option("--stage <stage>", "whose").choices(STAGES).default("predict"))
    .option("--split <split>", "scored on")
    .addOption(new Option("--format <format>").choices(LEADERBOARD_FORMATS).default("markdown"))
    .action(leaderboardCommand);
}
