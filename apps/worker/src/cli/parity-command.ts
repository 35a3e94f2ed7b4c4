import { basename } from "node:path";
import { SeedmaskError } from "@seedmask/core/contract";
import { type ParityReport, runParity } from "@seedmask/core/pipeline";
import { activateBackend } from "@seedmask/core/tensor/backend";
import type { Command } from "commander";
import pc from "picocolors";
import { env } from "../env.ts";
import { EXIT, exitCodeOf } from "./exit-codes.ts";
import { note, print, printJson } from "./output.ts";

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

interface Refusal {
  readonly file: string;
  readonly error: SeedmaskError;
}

/** A file that cannot be compared says why; the others are compared all the same. */
async function compare(file: string, flags: ParityFlags): Promise<ParityReport | Refusal> {
  try {
    return await runParity(file, { write: flags.write ?? null });
  } catch (error) {
    if (error instanceof SeedmaskError) return { file, error };
    throw error;
  }
}

const isRefusal = (result: ParityReport | Refusal): result is Refusal => "error" in result;

const refusedToJson = ({ file, error }: Refusal) => ({
  file,
  kernel: null,
  passed: false,
  tensors: [],
  error: error.message,
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
  const results: (ParityReport | Refusal)[] = [];
  for (const file of files) {
    const result = await compare(file, flags);
    results.push(result);
    if (isRefusal(result)) note(`${pc.red("error:")} ${basename(file)}: ${result.error.message}`);
    else if (!flags.json) printReport(result);
  }
  const refused = results.filter(isRefusal);
  const compared = results.length - refused.length;
  const passed = results.filter((result) => !isRefusal(result) && result.passed).length;
  if (flags.json) {
    printJson(results.map((each) => (isRefusal(each) ? refusedToJson(each) : toJson(each))));
  } else print(`${passed} of ${results.length} files agree with their reference`);
  if (passed < compared) process.exitCode = EXIT.failed;
  else if (refused.length > 0) process.exitCode = exitCodeOf(refused[0]!.error);
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
