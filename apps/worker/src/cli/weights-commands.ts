import { access } from "node:fs/promises";
import { basename, join } from "node:path";
import { importWeights, WEIGHTS_REGISTRY, weightsHome } from "@seedmask/core/pipeline";
import type { Command } from "commander";
import { env } from "../env.ts";
import { print, printJson, printTable } from "./output.ts";

/** The registered name whose name the file begins with; the file's own name otherwise. */
function guessName(file: string): string {
  const own = basename(file);
  return Object.keys(WEIGHTS_REGISTRY).find((name) => own.startsWith(name)) ?? own;
}

async function importCommand(
  file: string,
  { name = guessName(file), json }: { readonly name?: string; readonly json?: boolean },
): Promise<void> {
  const report = await importWeights({ path: file, name, home: weightsHome(env.home) });
  if (json) return printJson({ name, ...report });
  print(
    `${name}: ${report.known ? "the very file the registry describes" : "not the registry's file"}`,
  );
  if (report.unexpected.length > 0) print(`arrays without a use: ${report.unexpected.join(", ")}`);
}

async function listCommand({ json }: { readonly json?: boolean }): Promise<void> {
  const rows = await Promise.all(
    Object.entries(WEIGHTS_REGISTRY).map(async ([name, { backbone, file, source, licence }]) => {
      const path = join(weightsHome(env.home), file);
      const imported = await access(path).then(
        () => true,
        () => false,
      );
      return { name, backbone, imported, source, licence };
    }),
  );
  if (json) return printJson(rows);
  printTable(
    ["NAME", "BACKBONE", "IMPORTED", "LICENCE", "SOURCE"],
    rows.map(({ name, backbone, imported, source, licence }) => [
      name,
      backbone,
      imported ? "yes" : "no",
      licence,
      source,
    ]),
  );
}

/** `seedmask weights …` */
export function addWeightsCommands(program: Command): void {
  const weights = program.command("weights").description("Pretrained weights");
  weights
    .command("import <file>")
    .description("Check a weights file against its backbone and keep it in the data home")
    .option("--name <name>", "name in the registry (default: guessed from the file's)")
    .option("--json", "print JSON")
    .action(importCommand);
  weights
    .command("list")
    .description("Weights the registry knows, and which of them are here")
    .option("--json", "print JSON")
    .action(listCommand);
}
