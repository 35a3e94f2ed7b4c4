import { spawn } from "node:child_process";
import { chown, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseUnavailableError, PreconditionError } from "../errors.ts";
import type { ClusterPlace } from "./place-cluster.ts";
import { runAs } from "./run-as.ts";

/** Makes the cluster where there is none; a half-made one never gets the final name. */
export async function initialiseCluster(
  place: ClusterPlace,
  superuser: string,
  password: string,
): Promise<void> {
  const made = await readFile(join(place.data, "PG_VERSION"), "utf8").catch(() => null);
  if (made !== null) return requireSameMajor(place, made.trim());

  const partial = join(place.folder, "data.partial");
  const passwordFile = join(place.folder, "password");
  await rm(partial, { recursive: true, force: true });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (place.user) await chown(passwordFile, place.user.uid, place.user.gid);
  try {
    await run(place, [
      `--pgdata=${partial}`,
      `--username=${superuser}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--locale=C",
    ]);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(partial, place.data);
}

function requireSameMajor({ binaries, data }: ClusterPlace, made: string): void {
  const major = binaries.version.split(".")[0];
  if (made === major) return;
  throw new PreconditionError(
    `embedded PostgreSQL: ${data} was made by PostgreSQL ${made}, the installed one is ${major}. ` +
      `Export with PostgreSQL ${made}, or move the folder away to begin anew.`,
  );
}

function run(place: ClusterPlace, args: string[]): Promise<void> {
  const program = join(place.binaries.root, "bin", "initdb");
  const child = spawn(program, args, { ...runAs(place), stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  child.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on("error", (cause) => reject(failure(String(cause), cause)));
    child.on("close", (code) => (code === 0 ? resolve() : reject(failure(output))));
  });
}

const failure = (output: string, cause?: unknown): DatabaseUnavailableError =>
  new DatabaseUnavailableError(
    `embedded PostgreSQL: initdb failed. Its last words:\n${output.trim().split("\n").slice(-8).join("\n")}`,
    { cause },
  );
