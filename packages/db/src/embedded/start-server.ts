import { spawn } from "node:child_process";
import { chown, open, readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { DatabaseUnavailableError } from "../errors.ts";
import type { ClusterPlace } from "./place-cluster.ts";
import { runAs } from "./run-as.ts";

/** Seconds that crash recovery, or orphans of a killed server, may take before we give up. */
const START_SECONDS = 60;

/**
 * Starts the server and returns once it answers.
 *
 * After kill -9 its orphaned children hold shared memory for a moment and the new server leaves at
 * once, so an early exit is tried again until the time is up.
 */
export async function startServer(
  place: ClusterPlace,
  url: string,
  port: number,
  settings: Readonly<Record<string, string>>,
): Promise<void> {
  const deadline = Date.now() + START_SECONDS * 1000;
  const all = { listen_addresses: "127.0.0.1", unix_socket_directories: "", ...settings };
  const args = ["-D", place.data, "-p", String(port)];
  for (const [name, value] of Object.entries(all)) args.push("-c", `${name}=${value}`);

  for (let tries = 0; ; tries += 1) {
    const log = await open(place.log, "a");
    if (place.user) await chown(place.log, place.user.uid, place.user.gid);
    const child = spawn(join(place.binaries.root, "bin", "postgres"), args, {
      ...runAs(place),
      detached: true,
      stdio: ["ignore", log.fd, log.fd],
    });
    const ended = new Promise<string>((resolve) => {
      child.on("error", (error) => resolve(error.message));
      child.on("exit", (code, signal) => resolve(`it ended with ${signal ?? code}`));
    });
    child.unref();
    await log.close();
    const why = await Promise.race([ended, waitFor(url, deadline)]);
    if (why === null) return;
    if (Date.now() > deadline || tries >= 20) throw await unavailable(place.log, why);
    await sleep(250);
  }
}

/** Null once the server answers, a sentence when the time is up. */
async function waitFor(url: string, deadline: number): Promise<string | null> {
  while (Date.now() < deadline) {
    if (await accepts(url)) return null;
    await sleep(20);
  }
  return "it did not answer in time";
}

/** True once a server that is alive answers; false when it does not within the time. */
export async function untilAccepts(url: string, seconds: number): Promise<boolean> {
  return (await waitFor(url, Date.now() + seconds * 1000)) === null;
}

async function accepts(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("select 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

export async function ensureDatabaseNamed(url: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query("select 1 from pg_database where datname = $1", [name]);
    if (found.rowCount === 0)
      await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

/** `preferred` where it is free, else one that the system gives. */
export async function freePort(preferred: number): Promise<number> {
  const tryPort = (port: number): Promise<number | null> =>
    new Promise((resolve) => {
      const server = createServer();
      server.on("error", () => resolve(null));
      server.listen(port, "127.0.0.1", () => {
        const address = server.address();
        server.close(() => resolve(typeof address === "object" && address ? address.port : null));
      });
    });
  const port = (await tryPort(preferred)) ?? (await tryPort(0));
  if (port === null) {
    throw new DatabaseUnavailableError("embedded PostgreSQL: no TCP port is free on 127.0.0.1.");
  }
  return port;
}

async function unavailable(log: string, why: string): Promise<DatabaseUnavailableError> {
  const text = await readFile(log, "utf8").catch(() => "");
  const last = text.trim().split("\n").slice(-8).join("\n");
  return new DatabaseUnavailableError(
    `embedded PostgreSQL: ${why}. The end of ${log}:\n${last}\n` +
      "Free the disk or the port it names, then try again.",
  );
}
