import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { artifactKey, plannedStages } from "@seedmask/core/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  begin,
  demoConfig,
  makeActor,
  makeEvaluation,
  makeResult,
  makeRun,
  recordDataset,
  sha256,
} from "../../../test/factories.ts";
import { createTestDatabase, type TestDatabase } from "../../../test/with-database.ts";
import { completeStage, deleteRun, SYSTEM_ACTOR } from "../../index.ts";
import { measureStorage } from "./measure.ts";
import { pruneArtifacts } from "./prune.ts";

let test: TestDatabase;
let home: string;
beforeAll(async () => {
  test = await createTestDatabase();
  home = await mkdtemp(join(tmpdir(), "seedmask-storage-"));
});
afterAll(async () => {
  await rm(home, { recursive: true });
  await test.drop();
});

async function putArtifact(name: string, bytes: number): Promise<string> {
  const hash = sha256(name);
  await mkdir(join(home, artifactKey(hash, "masks")), { recursive: true });
  await writeFile(join(home, artifactKey(hash, "masks/a.png")), Buffer.alloc(bytes));
  return hash;
}

const shared = sha256("shared");

/** A finished run with the shared seed and a prediction of its own. */
async function makeFinished(dataset: Awaited<ReturnType<typeof recordDataset>>, own: string) {
  const run = await makeRun(test.db, { dataset });
  for (const stage of plannedStages(demoConfig())) {
    const { attempt } = await begin(test.db, run.id, stage);
    const outputs =
      stage === "make-seeds" ? { seed: shared } : stage === "predict" ? { prediction: own } : {};
    const evaluations = stage === "predict" ? [makeEvaluation(dataset, { artifact: own })] : [];
    const result = makeResult(stage, { outputs, evaluations });
    await completeStage(test.db, { runId: run.id, attempt, result });
  }
  return run;
}

describe("storage", () => {
  it("is counted by part and run, and what no run has is pruned", async () => {
    const actor = SYSTEM_ACTOR;
    await putArtifact("shared", 1000);
    const [first, second] = [await putArtifact("first", 200), await putArtifact("second", 30)];
    const dataset = await recordDataset(test.db);
    const one = await makeFinished(dataset, first);
    const two = await makeFinished(dataset, second);
    const before = await measureStorage(test.db, { actor, home });
    expect(before.parts[0]).toEqual({ part: "artifacts", bytes: 1230, files: 3 });
    expect(before.runs).toEqual([
      { id: one.id, name: one.name, bytes: 1200, ownBytes: 200 },
      { id: two.id, name: two.name, bytes: 1030, ownBytes: 30 },
    ]);
    expect(before.unreferenced).toEqual({ count: 0, bytes: 0 });

    await deleteRun(test.db, { actor, runId: one.id });
    expect((await measureStorage(test.db, { actor, home })).unreferenced).toEqual({
      count: 1,
      bytes: 200,
    });
    const live = await makeRun(test.db, { dataset });
    await expect(pruneArtifacts(test.db, { actor, home })).rejects.toThrow("is under way");
    await test.db.pool.query("update run set status = 'cancelled' where id = $1", [live.id]);
    expect(await pruneArtifacts(test.db, { actor, home })).toEqual({ count: 1, bytes: 200 });
    expect((await readdir(join(home, "artifacts"))).toSorted()).toEqual(
      [shared, second].toSorted(),
    );
    expect(await pruneArtifacts(test.db, { actor, home })).toEqual({ count: 0, bytes: 0 });
    const { rows } = await test.db.pool.query("select artifact from evaluation");
    expect(rows).toEqual([{ artifact: second }]);
  });

  it("is an admin's to see and to prune", async () => {
    const actor = await makeActor(test.db, "maintainer");
    await expect(measureStorage(test.db, { actor, home })).rejects.toThrow("role admin");
    await expect(pruneArtifacts(test.db, { actor, home })).rejects.toThrow("role admin");
  });
});
