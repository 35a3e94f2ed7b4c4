import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { SYSTEM_ACTOR } from "@seedmask/db";
import {
  ARTIFACT_CHOICES,
  type ArtifactChoice,
  exportProject,
  importProject,
} from "@seedmask/db/exchange/project";
import { type Command, Option } from "commander";
import { Disk } from "flydrive";
import { FSDriver } from "flydrive/drivers/fs";
import { codeVersion } from "../code-version.ts";
import { env } from "../env.ts";
import { interruptSignal } from "./interrupt.ts";
import { note, print, printJson } from "./output.ts";
import { withDatabase } from "./with-database.ts";

interface ExportFlags {
  readonly artifacts: ArtifactChoice;
  readonly images: boolean;
}

async function exportCommand(file: string, { artifacts, images }: ExportFlags): Promise<void> {
  const files = new Disk(new FSDriver({ location: env.home, visibility: "private" }));
  const partial = `${file}.part`;
  await withDatabase(async (db) => {
    const options = { actor: SYSTEM_ACTOR, codeVersion: codeVersion(), artifacts, images };
    try {
      const stream = await exportProject({ db, files }, options);
      await pipeline(stream, createWriteStream(partial), { signal: interruptSignal() });
      await rename(partial, file);
    } finally {
      await rm(partial, { force: true });
    }
  });
  note(resolve(file));
}

async function importCommand(file: string, { json }: { readonly json?: boolean }): Promise<void> {
  const signal = interruptSignal();
  const done = await withDatabase((db) =>
    importProject(db, { actor: SYSTEM_ACTOR, file, home: env.home, signal }),
  );
  if (json) return printJson(done);
  print(
    `${done.runs} runs, ${done.datasets} datasets and ${done.artifacts} artefacts are new; ` +
      `${done.knownRuns} runs were here already`,
  );
}

/** `seedmask project …` */
export function addProjectCommands(program: Command): void {
  const project = program.command("project").description("Take the whole project elsewhere");
  project
    .command("export <file>")
    .description("Write runs, results, datasets and masks to a zip")
    .addOption(
      new Option("--artifacts <which>", "files of artefacts that go along")
        .choices(ARTIFACT_CHOICES)
        .default("masks"),
    )
    .option("--no-images", "leave out images and ground truth of the datasets")
    .action(exportCommand);
  project
    .command("import <file>")
    .description("Put an exported project into this data home; the same again is a no-op")
    .option("--json", "print JSON")
    .action(importCommand);
}
