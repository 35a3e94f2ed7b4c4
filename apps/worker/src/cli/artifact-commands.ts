import { basename, resolve } from "node:path";
import { IMPORTED_KINDS, type ImportedKind } from "@seedmask/core/contract";
import {
  findDataset,
  importArtifact,
  listImported,
  listImportedArtifacts,
} from "@seedmask/core/pipeline";
import { type Command, Option } from "commander";
import { env } from "../env.ts";
import { interruptSignal } from "./interrupt.ts";
import { megabytes, note, print, printJson, printTable, startProgressLine } from "./output.ts";

interface ImportFlags {
  readonly kind: ImportedKind;
  readonly dataset: string;
  readonly name?: string;
  readonly split?: readonly string[];
  readonly json?: boolean;
}

/** The part of a config that takes an import in. */
const JOINTS: Readonly<Record<ImportedKind, { readonly field: string; readonly choice: string }>> =
  {
    seeds: { field: "seeds", choice: "method" },
    "refined-seeds": { field: "refinement", choice: "kind" },
    "pseudo-masks": { field: "pseudoMasks", choice: "policy" },
  };

/** What to pass to --set of run and stage, so that they go on from the import. */
function settingFor(kind: ImportedKind, { name, hash }: { name: string; hash: string }): string {
  const { field, choice } = JOINTS[kind];
  const background = { rule: "constant", threshold: 0.2, choice: "fixed", labelledImages: 0 };
  const value = {
    [choice]: "imported",
    name,
    artifact: hash,
    ...(kind === "seeds" ? { background } : {}),
  };
  return `${field}=${JSON.stringify(value)}`;
}

async function importCommand(folder: string, flags: ImportFlags): Promise<void> {
  const { kind, json = false } = flags;
  const name = flags.name ?? basename(resolve(folder));
  const dataset = await findDataset(env.home, flags.dataset);
  const line = startProgressLine("import", { quiet: json });
  const imported = await importArtifact({
    home: env.home,
    dataset,
    kind,
    name,
    folder,
    ...(flags.split ? { splits: flags.split } : {}),
    onProgress: (done, total) => line.update(done, total, "images"),
    signal: interruptSignal(),
  }).finally(() => line.stop());
  const set = settingFor(kind, { name, hash: imported.hash });
  if (json) return printJson({ kind, dataset: dataset.manifest.hash, ...imported, set });
  print(`${kind} ${name} ${imported.hash}`);
  print(`${imported.images} images of ${imported.splits.join(", ")}`);
  if (imported.leftAside > 0) note(`${imported.leftAside} other files of the folder left aside`);
  print(`--set '${set}'`);
}

async function listCommand({ json }: { readonly json?: boolean }): Promise<void> {
  const listed = await listImportedArtifacts(env.home);
  if (json) return printJson(listed);
  const names = new Map(
    (await listImported(env.home)).map(({ manifest }) => [manifest.hash, manifest.name]),
  );
  printTable(
    ["KIND", "NAME", "DATASET", "IMAGES", "SIZE", "HASH"],
    listed.map(({ kind, name, dataset, images, bytes, hash }) => [
      kind,
      name,
      names.get(dataset) ?? dataset.slice(0, 12),
      String(images),
      megabytes(bytes),
      hash,
    ]),
  );
}

/** `seedmask artifact …` */
export function addArtifactCommands(program: Command): void {
  const artifact = program
    .command("artifact")
    .description("Seeds and masks made elsewhere, for runs that go on from them");
  artifact
    .command("import <folder>")
    .description("Check score maps or masks, a file an image, and keep them in the data home")
    .addOption(
      new Option("--kind <kind>", "what the files hold")
        .choices(Object.keys(IMPORTED_KINDS))
        .makeOptionMandatory(),
    )
    .requiredOption("--dataset <name>", "imported dataset by name or hash")
    .option("--name <name>", "shown with the runs that use it (default: that of the folder)")
    .option(
      "--split <split>",
      "take this split (again for more; default: all that are there)",
      (value, all: string[] = []) => [...all, value],
    )
    .option("--json", "print JSON")
    .action(importCommand);
  artifact
    .command("list")
    .description("What was imported into the data home")
    .option("--json", "print JSON")
    .action(listCommand);
}
