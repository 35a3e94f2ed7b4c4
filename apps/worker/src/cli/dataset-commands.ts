import { basename, resolve } from "node:path";
import {
  DATASET_FORMATS,
  type DatasetFormat,
  DatasetError,
  type ValidationReport,
  validationReportSchema,
} from "@seedmask/core/contract";
import {
  datasetRoot,
  exportDataset,
  findDataset,
  importDataset,
  listImported,
  previewDataset,
} from "@seedmask/core/pipeline";
import { recordDatasetVersion, SYSTEM_ACTOR } from "@seedmask/db";
import { type Command, Option } from "commander";
import { env } from "../env.ts";
import { EXIT } from "./exit-codes.ts";
import { interruptSignal } from "./interrupt.ts";
import { note, print, printJson, printTable, startProgressLine } from "./output.ts";
import { withDatabase } from "./with-database.ts";

type ReadableFormat = Exclude<DatasetFormat, "synthetic">;

interface SourceFlags {
  readonly format?: ReadableFormat;
  readonly json?: boolean;
}

const formats = DATASET_FORMATS.filter((format) => format !== "synthetic");
const formatOption = () => new Option("--format <format>", "found out by itself").choices(formats);

function printReport(report: ValidationReport): void {
  for (const { severity, check, message, file, line } of report.findings) {
    const place = file === null ? "" : ` ${file}${line === null ? "" : `:${line}`}`;
    print(`${severity.padEnd(7)} ${check}${place}: ${message}`);
  }
  const splits = Object.entries(report.splits).map(([name, count]) => `${name} ${count}`);
  print(
    `${report.images} images (${splits.join(", ")}): ${report.ok ? "fit for import" : "not fit"}`,
  );
}

/** The report a refused import carries. */
function reportIn(error: unknown): ValidationReport | null {
  if (!(error instanceof DatasetError)) return null;
  const parsed = validationReportSchema.safeParse(error.details["report"]);
  return parsed.success ? parsed.data : null;
}

async function importCommand(
  folder: string,
  flags: SourceFlags & { readonly name?: string; readonly database: boolean },
): Promise<void> {
  const quiet = flags.json ?? false;
  const line = startProgressLine("import", { quiet });
  const { format } = flags;
  const name = flags.name ?? basename(resolve(folder));
  try {
    const { manifest, report, alreadyThere } = await importDataset(folder, {
      home: env.home,
      name,
      ...(format && { format }),
      onProgress: (done, total) => line.update(done, total, "images"),
      signal: interruptSignal(),
    });
    line.stop();
    if (flags.database) {
      const facts = { actor: SYSTEM_ACTOR, manifest, report };
      await withDatabase((db) => recordDatasetVersion(db, facts));
    }
    const { hash } = manifest;
    if (quiet) return printJson({ name: manifest.name, hash, alreadyThere, report });
    printReport(report);
    print(`${manifest.name} ${hash}${alreadyThere ? " (there already)" : ""}`);
  } catch (error) {
    line.stop();
    const report = reportIn(error);
    if (report && quiet) printJson({ report });
    else if (report) printReport(report);
    throw error;
  }
}

async function validateCommand(folder: string, { format, json }: SourceFlags): Promise<void> {
  const quiet = json ?? false;
  const line = startProgressLine("validate", { quiet });
  const preview = await previewDataset(folder, {
    ...(format && { format }),
    onProgress: (done, total) => line.update(done, total, "images"),
    signal: interruptSignal(),
  });
  line.stop();
  const { report, classes, labelSource } = preview;
  if (quiet) printJson({ format: preview.format, classes, labelSource, report });
  else {
    print(`${preview.format}, labels from ${labelSource}, ${classes.length} classes`);
    printReport(report);
  }
  if (!report.ok) process.exitCode = EXIT.usage;
}

async function listCommand({ json }: { readonly json?: boolean }): Promise<void> {
  const datasets = (await listImported(env.home)).map(({ manifest }) => ({
    name: manifest.name,
    hash: manifest.hash,
    format: manifest.format,
    labelSource: manifest.labelSource,
    classes: manifest.classes.length,
    images: manifest.images.length,
    masks: manifest.images.filter(({ mask }) => mask !== null).length,
  }));
  if (json) return printJson(datasets);
  printTable(
    ["NAME", "HASH", "FORMAT", "CLASSES", "IMAGES", "MASKS"],
    datasets.map(({ name, hash, format, classes, images, masks }) => [
      name,
      hash.slice(0, 12),
      format,
      String(classes),
      String(images),
      String(masks),
    ]),
  );
}

async function exportCommand(
  dataset: string,
  folder: string,
  { json }: { readonly json?: boolean },
): Promise<void> {
  const { manifest } = await findDataset(env.home, dataset);
  await exportDataset(datasetRoot(env.home, manifest.hash), folder, { signal: interruptSignal() });
  if (json) printJson({ dataset: manifest.hash, folder: resolve(folder) });
  else note(`${manifest.name} is in ${resolve(folder)}, in VOC layout`);
}

/** `seedmask dataset …` */
export function addDatasetCommands(program: Command): void {
  const dataset = program.command("dataset").description("Import and export datasets");
  dataset
    .command("import <folder>")
    .description("Validate a dataset and copy it into the data home; the same again is a no-op")
    .addOption(formatOption())
    .option("--name <name>", "name of the dataset (default: that of the folder)")
    .option("--no-database", "do not make it known to the dashboard")
    .option("--json", "print JSON")
    .action(importCommand);
  dataset
    .command("validate <folder>")
    .description("Check a dataset and write nothing")
    .addOption(formatOption())
    .option("--json", "print JSON")
    .action(validateCommand);
  dataset
    .command("list")
    .description("Datasets of the data home")
    .option("--json", "print JSON")
    .action(listCommand);
  dataset
    .command("export <dataset> <folder>")
    .description("Write a dataset in VOC layout")
    .option("--json", "print JSON")
    .action(exportCommand);
}
