import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { maskPath, thumbnailPath } from "@seedmask/core/contract";
import { datasetRoot, openDataset } from "@seedmask/core/pipeline";
import { ConflictError, getRun, leaderboard, listGallery, listRuns } from "@seedmask/db";
import { createTestDatabase, type TestDatabase } from "@seedmask/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seedHome, type SeedOptions, type Seeded } from "./seed.ts";

let home: string;
let database: TestDatabase;
let options: SeedOptions;
let seeded: Seeded;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "seedmask-seed-"));
  database = await createTestDatabase();
  options = { db: database.db, home, runs: 60, scenes: 12, copies: 3, onStep: () => undefined };
  seeded = await seedHome(options);
}, 300_000);
afterAll(async () => {
  await database.drop();
  await rm(home, { recursive: true });
});

describe("seedHome", () => {
  it("fills the table with runs that ended in every way", async () => {
    const { rows, total } = await listRuns(database.db, { limit: 200, withTotal: true });
    expect(seeded).toMatchObject({ runs: 60, tiles: 12 * 3 * 5 });
    expect(total).toBe(60 + 6 + 2);
    expect(new Set(rows.map(({ status }) => status))).toEqual(
      new Set(["succeeded", "failed", "cancelled", "lost"]),
    );
    expect(new Set(rows.map(({ name }) => name)).size).toBe(total);
  });

  it("ranks those that succeeded under one policy", async () => {
    const { rows } = await listRuns(database.db, { filter: { status: ["succeeded"] }, limit: 1 });
    const run = await getRun(database.db, rows[0]!.id);
    const { policyKey } = run.evaluations.at(-1)!;
    const ranking = await leaderboard(database.db, { policyKey, limit: 10 });
    expect(ranking.length).toBeGreaterThan(1);
  });

  it("has a picture, a thumbnail and a mask for each tile", async () => {
    const run = await getRun(database.db, seeded.large[0]!.id);
    expect(run.evaluations.map(({ images }) => images)).toEqual([36, 36, 36, 36]);
    const { id, artifact } = run.evaluations.at(-1)!;
    const tiles = await listGallery(database.db, { evaluationIds: [id], limit: 100 });
    expect(tiles.rows).toHaveLength(36);
    const { root } = await openDataset(datasetRoot(home, run.dataset.hash));
    for (const { imageKey } of tiles.rows) {
      await readFile(join(root, thumbnailPath(imageKey)));
      await readFile(join(home, "artifacts", artifact, maskPath(imageKey)));
    }
  });

  it("refuses a home that has runs already", async () => {
    await expect(seedHome(options)).rejects.toThrow(ConflictError);
  });
});
