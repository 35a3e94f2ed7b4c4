import { readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import {
  ConfigError,
  type PairAnswer,
  pairAnswerSchema,
  StorageError,
} from "@seedmask/core/contract";
import { closeDatabase, DatabaseUnavailableError, openDatabase, pingDatabase } from "@seedmask/db";

export interface PairOptions {
  /** Address of the dashboard. */
  readonly url: string;
  readonly token: string;
  /** Where the data home is mounted here; null: at the same path as there. */
  readonly home: string | null;
}

export interface Paired extends Pick<PairAnswer, "id" | "name" | "databaseUrl" | "version"> {
  readonly home: string;
}

/**
 * Asks a dashboard for the database and the data home, and tries both.
 * @throws {ConfigError} where the dashboard says no
 * @throws {StorageError} where this machine does not see the same data home
 * @throws {DatabaseUnavailableError} where it does not reach the database
 */
export async function pair({ url, token, home }: PairOptions): Promise<Paired> {
  const answer = await ask(url, token);
  const folder = resolve(home ?? answer.home);
  const { path, text } = answer.proof;
  const seen = await readFile(join(folder, path), "utf8").catch(() => null);
  if (seen !== text) {
    throw new StorageError(
      `worker: expected the data home of ${url} at ${folder}, found ${seen === null ? "nothing" : "another"}. ` +
        "Mount its folder on this machine (NFS or the like) and say where with --home.",
    );
  }
  await tryDatabase(answer.databaseUrl);
  const { id, name, databaseUrl, version } = answer;
  return { id, name, databaseUrl, version, home: folder };
}

async function ask(url: string, token: string): Promise<PairAnswer> {
  const response = await fetch(new URL("/api/workers/pair", url), {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ hostname: hostname() }),
  }).catch((cause: unknown) => {
    throw new ConfigError(`worker: expected a dashboard at ${url}, got no answer.`, { cause });
  });
  if (!response.ok) throw new ConfigError((await response.text()) || `worker: ${url} refused.`);
  const parsed = pairAnswerSchema.safeParse(await response.json().catch(() => null));
  if (parsed.success) return parsed.data;
  throw new ConfigError(`worker: ${url} answered, but not as Seedmask does. Check the address.`);
}

async function tryDatabase(databaseUrl: string): Promise<void> {
  const db = openDatabase(databaseUrl, { max: 1 });
  try {
    await pingDatabase(db);
  } catch (cause) {
    const { host, hostname: name } = new URL(databaseUrl);
    const own = ["127.0.0.1", "localhost", "[::1]"].includes(name);
    throw new DatabaseUnavailableError(
      `worker: expected PostgreSQL at ${host}, got no connection. ${
        own
          ? "The built-in one serves its own machine only: give the dashboard a DATABASE_URL that this machine reaches too."
          : "Let this machine through to it."
      }`,
      { cause },
    );
  } finally {
    await closeDatabase(db);
  }
}
