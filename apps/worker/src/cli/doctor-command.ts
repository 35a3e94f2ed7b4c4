import { access, constants, mkdir, statfs } from "node:fs/promises";
import { availableParallelism, totalmem } from "node:os";
import { WEIGHTS_REGISTRY, weightsHome, listImported } from "@seedmask/core/pipeline";
import { activateBackend } from "@seedmask/core/tensor/backend";
import { listWorkers, pingDatabase } from "@seedmask/db";
import type { Command } from "commander";
import { join } from "node:path";
import { codeVersion } from "../code-version.ts";
import { env } from "../env.ts";
import { EXIT } from "./exit-codes.ts";
import { print, printJson } from "./output.ts";
import { withDatabase } from "./with-database.ts";

interface Finding {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly facts?: unknown;
}

async function look(
  name: string,
  work: () => Promise<Omit<Finding, "name" | "ok">>,
): Promise<Finding> {
  try {
    return { name, ok: true, ...(await work()) };
  } catch (error) {
    return { name, ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

async function checkHome() {
  await mkdir(env.home, { recursive: true });
  await access(env.home, constants.W_OK);
  const { bavail, bsize } = await statfs(env.home);
  return { detail: `${env.home}, ${((bavail * bsize) / 2 ** 30).toFixed(1)} GiB free` };
}

async function checkBackend() {
  const report = await activateBackend({ backend: env.backend });
  const why = report.passedOver.map(({ backend, reason }) => `${backend}: ${reason}`).join(" ");
  const speed = `${report.matMulGflops.toFixed(0)} GFLOP/s`;
  return {
    detail: `${report.backend} on ${report.device}, ${speed}${why && `. Passed over ${why}`}`,
    facts: report,
  };
}

const checkDatabase = () =>
  withDatabase(async (db) => {
    const { milliseconds } = await pingDatabase(db);
    const workers = await listWorkers(db);
    const alive = workers.filter((worker) => worker.alive).length;
    return { detail: `answers in ${milliseconds.toFixed(1)} ms, ${alive} workers alive` };
  });

async function checkWeights() {
  const here = await Promise.all(
    Object.entries(WEIGHTS_REGISTRY).map(async ([name, { file }]) =>
      access(join(weightsHome(env.home), file)).then(
        () => [name],
        () => [],
      ),
    ),
  );
  return { detail: here.flat().join(", ") || "none imported" };
}

async function doctorCommand({ json }: { readonly json?: boolean }): Promise<void> {
  const memory = `${(totalmem() / 2 ** 30).toFixed(1)} GiB memory`;
  const findings = [
    await look("code", async () => ({ detail: `commit ${codeVersion()}` })),
    await look("machine", async () => ({
      detail: `Node ${process.versions.node}, ${process.platform}-${process.arch}, ${availableParallelism()} cores, ${memory}`,
    })),
    await look("home", checkHome),
    await look("compute", checkBackend),
    await look("database", checkDatabase),
    await look("weights", checkWeights),
    await look("datasets", async () => {
      const names = (await listImported(env.home)).map(({ manifest }) => manifest.name);
      return { detail: names.join(", ") || "none imported" };
    }),
  ];
  if (json) printJson(findings);
  else
    for (const { name, ok, detail } of findings)
      print(`${ok ? "✓" : "✗"} ${name.padEnd(9)} ${detail}`);
  if (findings.some(({ ok }) => !ok)) process.exitCode = EXIT.unavailable;
}

/** `seedmask doctor` */
export function addDoctorCommand(program: Command): void {
  program
    .command("doctor")
    .description("What is installed, which backend computes and why, what is missing")
    .option("--json", "print JSON")
    .action(doctorCommand);
}
