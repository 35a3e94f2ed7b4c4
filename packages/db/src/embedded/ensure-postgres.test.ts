import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, realpath, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordDataset } from "../../test/factories.ts";
import { closeDatabase, migrateDatabase, openDatabase, pingDatabase } from "../client.ts";
import { listDatasets } from "../datasets/list-datasets.ts";
import { openEventFeed } from "../events/event-feed.ts";
import { ensurePostgres } from "./ensure-postgres.ts";

let parent: string;
let dir: string;
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), "seedmask-embedded-"));
  // mkdtemp closes its folder to others, and the server may have to be another user.
  await chmod(parent, 0o755);
  dir = join(parent, "postgres");
});
afterAll(async () => {
  const server = await ensurePostgres({ dir });
  await server.stop();
  await rm(parent, { recursive: true, force: true });
});

const postmaster = async (): Promise<number> =>
  Number((await readFile(join(dir, "data", "postmaster.pid"), "utf8")).split("\n")[0]);

describe("ensurePostgres", () => {
  it("starts one server for however many ask, with a password that others cannot read", async () => {
    const servers = await Promise.all([1, 2, 3].map(() => ensurePostgres({ dir })));
    expect(servers.filter(({ started }) => started)).toHaveLength(1);
    expect(new Set(servers.map(({ url }) => url)).size).toBe(1);
    expect((await stat(join(dir, "server.json"))).mode & 0o077).toBe(0);
    const wrong = new URL(servers[0]!.url);
    wrong.password = "guess";
    const db = openDatabase(wrong.href, { max: 1 });
    await expect(pingDatabase(db)).rejects.toThrow("password");
    await closeDatabase(db);
  });

  it("comes back after kill -9 with all that was acknowledged, for clients that stayed", async () => {
    const { url } = await ensurePostgres({ dir });
    const errors: Error[] = [];
    const db = openDatabase(url, { onError: (error) => errors.push(error) });
    await migrateDatabase(db);
    const { name } = await recordDataset(db);
    const feed = await openEventFeed(db);
    const held = await db.pool.connect();
    await held.query("begin");

    process.kill(await postmaster(), "SIGKILL");
    await sleep(200);
    await expect(held.query("select 1")).rejects.toThrow();
    held.release(true);
    await expect(listDatasets(db)).rejects.toThrow();

    const again = await ensurePostgres({ dir });
    expect(again).toMatchObject({ url, started: true });
    expect((await listDatasets(db)).map((dataset) => dataset.name)).toContain(name);
    expect(errors.length).toBeGreaterThan(0);
    const seen = feed.version();
    await feed.changed(seen - 1, undefined, AbortSignal.timeout(5000));
    await feed.close();
    await closeDatabase(db);
  });

  it("keeps port and data over a stop, and begins anew where a first start was cut off", async () => {
    const first = await ensurePostgres({ dir });
    await first.stop();
    expect(existsSync(join(dir, "data", "postmaster.pid"))).toBe(false);
    const second = await ensurePostgres({ dir });
    expect(second).toMatchObject({ url: first.url, started: true });

    const half = join(parent, "half");
    await mkdir(join(half, "data.partial", "base"), { recursive: true });
    const fresh = await ensurePostgres({ dir: half });
    expect(fresh.started).toBe(true);
    await fresh.stop();
  });

  it.runIf(process.getuid?.() === 0)(
    "moves behind a link where root's server could not enter the folder (root only)",
    async () => {
      const closed = join(parent, "closed");
      await mkdir(closed, { mode: 0o700 });
      const wanted = join(closed, "postgres");
      const server = await ensurePostgres({ dir: wanted });
      const real = await realpath(wanted);
      expect(real).toMatch(/^\/var\/lib\/seedmask\/postgres-/);
      expect(await ensurePostgres({ dir: wanted })).toMatchObject({ url: server.url });
      await server.stop();
      await rm(real, { recursive: true });
    },
  );
});
