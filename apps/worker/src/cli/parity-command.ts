import { basename } from "node:path";
import { type ParityReport, runParity } from "@seedmask/core/pipeline";
import { activateBackend } from "@seedmask/core/tensor/backend";
import type { Command } from "commander";
import pc from "picocolors";
import { env } from "../env.ts";
import { EXIT } from "./exit-codes.ts";
import { print, printJson } from "./output.ts";

interface ParityFlags {
  readonly json?: boolean;
  readonly write?: string;
}

/** JSON has no infinity: a tensor that could not be compared has no figure. */
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

const toJson = ({ file, kernel, passed, tensors }: ParityReport) => ({
  file,
  kernel,
  passed,
  tensors: tensors.map(({ name, maxAbs, maxRel, within, passed: agrees, problem }) => ({
    name,
    maxAbs: finite(maxAbs),
    maxRel: finite(maxRel),
    within,
    passed: agrees,
    ...(problem === null ? {} : { problem }),
  })),
});

function printReport({ file, kernel, passed, tensors }: ParityReport): void {
  print(`${passed ? pc.green("pass") : pc.red("FAIL")}  ${basename(file)}  ${pc.dim(kernel)}`);
  for (const { name, maxAbs, maxRel, within, passed: agrees, problem } of tensors) {
    const figures = [
      `max abs ${maxAbs.toExponential(1)}`,
      `max rel ${maxRel.toExponential(1)}`,
      `within ${(within * 100).toFixed(3)} %`,
    ];
    const verdict = agrees ? "pass" : pc.red("FAIL");
    print(`  ${verdict}  ${name.padEnd(34)} ${problem ?? figures.join("  ")}`);
  }
}

async function parityCommand(files: readonly string[], flags: ParityFlags): Promise<void> {
  await activateBackend({ backend: env.backend });
  const reports: ParityReport[] = [];
  for (const file of files) {
    const report = await runParity(file, { write: flags.write ?? null });
    reports.push(report);
    if (!flags.json) printReport(report);
  }
  const passed = reports.filter((report) => report.passed).length;
  if (flags.json) printJson(reports.map(toJson));
  else print(`${passed} of ${reports.length} files agree with their reference`);
  if (passed < reports.length) process.exitCode = EXIT.failed;
}

/** `seedmask parity FILE…` */
export function addParityCommand(program: Command): void {
  program
    .command("parity <files...>")
    .description("Compare our implementation with the reference outputs of golden files")
    .option("--write <folder>", "write what we computed, as safetensors of the same names")
    .option("--json", "print JSON")
    .action(parityCommand);
}
