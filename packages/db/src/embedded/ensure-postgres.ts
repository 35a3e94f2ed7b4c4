import { randomBytes } from "node:crypto";
import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { DatabaseUnavailableError } from "../errors.ts";
import { linkLibraries } from "./binaries.ts";
import { withFolderLock } from "./folder-lock.ts";
import { initialiseCluster } from "./initialise-cluster.ts";
import { placeCluster, type ClusterPlace } from "./place-cluster.ts";
import { runningPostmaster, stopPostmaster } from "./postmaster.ts";
import { ensureDatabaseNamed, freePort, startServer, untilAccepts } from "./start-server.ts";

export interface EnsurePostgresOptions {
  /** Folder of the cluster, its log and its password; made where absent. */
  readonly dir: string;
  /** TCP port on 127.0.0.1; default: the one used last, else a free one. */
  readonly port?: number;
  /** Extra server settings, e.g. `{ fsync: "off" }` in tests. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
  readonly url: string;
  /** False where the server was already running. */
  readonly started: boolean;
  /** Ends the server, whoever started it. */
  readonly stop: () => Promise<void>;
}

interface ServerRecord {
  readonly port: number;
  readonly password: string;
}

export const SERVER_USER = "seedmask";
export const SERVER_DATABASE = "seedmask";

/**
 * A running PostgreSQL in `dir`: the one that already runs there, else a started one, else a new one.
 *
 * The server outlives this process and recovers by itself from kill -9. It listens on 127.0.0.1 only
 * and asks for a password that lies in `dir`, readable by its owner alone.
 *
 * @throws {DatabaseUnavailableError} with the end of the server's log when it does not come up
 */
export async function ensurePostgres(options: EnsurePostgresOptions): Promise<EmbeddedPostgres> {
  const wanted = resolve(options.dir);
  await mkdir(wanted, { recursive: true });
  return withFolderLock(`${wanted}.lock`, async () => {
    const place = await placeCluster(wanted);
    const record = await readRecord(place);
    const stop = (): Promise<void> => stopPostmaster(place.data);

    const url = connectionUrl(record);
    if ((await runningPostmaster(place.data)) !== null) {
      if (await untilAccepts(url, 60)) return { url, started: false, stop };
      throw new DatabaseUnavailableError(
        `embedded PostgreSQL: the server in ${place.data} is alive but does not answer. ` +
          `Read ${place.log}, stop that server and try again.`,
      );
    }

    await linkLibraries(place.binaries, place.libraries);
    await initialiseCluster(place, SERVER_USER, record.password);
    const port = options.port ?? (await freePort(record.port));
    const current = { ...record, port };
    await writeRecord(place, current);
    await startServer(place, connectionUrl(current, "postgres"), port, options.settings ?? {});
    await ensureDatabaseNamed(connectionUrl(current, "postgres"), SERVER_DATABASE);
    return { url: connectionUrl(current), started: true, stop };
  });
}

function connectionUrl({ port, password }: ServerRecord, database = SERVER_DATABASE): string {
  return `postgres://${SERVER_USER}:${password}@127.0.0.1:${port}/${database}`;
}

async function readRecord({ folder }: ClusterPlace): Promise<ServerRecord> {
  const text = await readFile(join(folder, "server.json"), "utf8").catch(() => null);
  if (text !== null) return JSON.parse(text) as ServerRecord;
  return { port: 0, password: randomBytes(18).toString("base64url") };
}

async function writeRecord({ folder, user }: ClusterPlace, record: ServerRecord): Promise<void> {
  const file = join(folder, "server.json");
  const partial = `${file}.${process.pid}`;
  await rm(partial, { force: true });
  await writeFile(partial, JSON.stringify(record), { mode: 0o600 });
  if (user) await chown(partial, user.uid, user.gid);
  await rename(partial, file);
  await chmod(file, 0o600);
}
