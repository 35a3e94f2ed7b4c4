import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { begin, makeActor, makeResult, makeRun, unique } from "../../test/factories.ts";
import { createTestDatabase, type TestDatabase } from "../../test/with-database.ts";
import { NotFoundError } from "../errors.ts";
import { beatWorker, getWorker, leaveWorker, listWorkers, registerWorker } from "./workers.ts";
import { closeDatabase, openDatabase } from "../client.ts";
import {
  createWorkerPairing,
  listWorkerPairings,
  pairWorker,
  revokeWorkerPairing,
} from "./pairing.ts";
import { getRun } from "../runs/get-run.ts";
import { listAudit } from "../people/audit.ts";
import { completeStage } from "../stages/complete-stage.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const facts = {
  name: "box",
  hostname: "box",
  pid: 1,
  versions: {},
  backend: null,
  cpuModel: "Abacus 2",
  cores: 2,
  memoryBytes: 8e9,
  diskFreeBytes: 1e10,
  diskBytes: 2e10,
};
const beat = { cpuShare: 0.5, memoryUsedBytes: 5, diskFreeBytes: 6, runId: null, stage: null };

describe("workers", () => {
  it("are alive while they beat and gone when they leave", async () => {
    const { db } = test;
    const [quiet, busy] = [unique(), unique()];
    await registerWorker(db, { id: quiet, ...facts });
    await registerWorker(db, { id: busy, ...facts });
    await db.pool.query("update worker set last_beat_at = now() - interval '1 minute'");
    const working = { ...beat, runId: "r", stage: "predict" } as const;
    expect(await beatWorker(db, { id: busy, ...working })).toEqual({ revoked: false });
    const workers = await listWorkers(db);
    expect(workers.map(({ id, alive }) => [id, alive])).toEqual([
      [quiet, false],
      [busy, true],
    ]);
    expect(workers[1]).toMatchObject({ ...working, cores: 2, pairing: null });
    await leaveWorker(db, busy);
    expect((await listWorkers(db)).map(({ id }) => id)).toEqual([quiet]);
    expect(await getWorker(db, busy)).toMatchObject({ alive: false });
    await expect(getWorker(db, "none")).rejects.toBeInstanceOf(NotFoundError);
  });

  it("leave a sample of their load every 15 seconds, and the stages they did", async () => {
    const { db } = test;
    const id = unique();
    await registerWorker(db, { id, ...facts });
    const run = await makeRun(db);
    await begin(db, run.id, "train-classifier", id);
    for (let at = 0; at < 3; at += 1) await beatWorker(db, { id, ...beat });
    await db.pool.query("update worker_sample set at = at - interval '20 seconds'");
    await beatWorker(db, { id, ...beat, runId: run.id });
    const { samples, stages } = await getWorker(db, id);
    expect(samples.map(({ cpuShare, busy }) => [cpuShare, busy])).toEqual([
      [0.5, false],
      [0.5, true],
    ]);
    expect(stages).toMatchObject([{ runId: run.id, stage: "train-classifier", status: "running" }]);
  });
});

describe("pairing", () => {
  it("is refused to anyone but an admin, at either end", async () => {
    const { db } = test;
    const maintainer = await makeActor(db, "maintainer");
    await expect(createWorkerPairing(db, { actor: maintainer, name: "x" })).rejects.toThrow(
      "expected role admin",
    );
    const id = "none";
    await expect(revokeWorkerPairing(db, { actor: maintainer, id })).rejects.toThrow("role admin");
    await expect(listWorkerPairings(db, { actor: maintainer })).rejects.toThrow("role admin");
  });

  it("lets nobody in with a token that is wrong or was not used in time", async () => {
    const { db } = test;
    const actor = await makeActor(db, "admin");
    const late = await createWorkerPairing(db, { actor, name: "late", expiresInHours: -1 });
    for (const token of [late.token, "smw_wrong"]) {
      await expect(pairWorker(db, { token, hostname: "h" })).rejects.toThrow("has expired");
    }
    expect((await listWorkerPairings(db, { actor })).map(({ id }) => id)).not.toContain(late.id);
  });

  it("gives a connection that serves runs and hides what people keep secret", async () => {
    const { db } = test;
    const actor = await makeActor(db, "admin");
    const { token, id } = await createWorkerPairing(db, { actor, name: "gpu-box" });
    const paired = await pairWorker(db, { token, hostname: "far" });
    expect(paired).toMatchObject({ id, name: "gpu-box" });
    const theirs = openDatabase(paired.databaseUrl, { max: 2 });
    try {
      await registerWorker(theirs, { id, ...facts });
      expect(await beatWorker(theirs, { id, ...beat })).toEqual({ revoked: false });
      const run = await makeRun(db);
      await begin(theirs, run.id, "train-classifier", id);
      const result = makeResult("train-classifier");
      await completeStage(theirs, { runId: run.id, attempt: 1, result });
      for (const table of ["account", "session", "api_token", "invitation"]) {
        await expect(theirs.pool.query(`select * from ${table}`)).rejects.toThrow("denied");
      }
      await expect(theirs.pool.query("drop table run")).rejects.toThrow("must be owner");
      await expect(pairWorker(db, { token, hostname: "h" })).rejects.toThrow("runs on box");
    } finally {
      await closeDatabase(theirs);
    }
    await leaveWorker(db, id);
    expect((await pairWorker(db, { token, hostname: "h" })).databaseUrl).not.toBe(
      paired.databaseUrl,
    );
    expect((await listAudit(db, { target: { type: "worker", id } })).rows).toHaveLength(2);
    await revokeWorkerPairing(db, { actor, id });
  });

  it("taken back ends its connections and hands its stage to another worker", async () => {
    const { db } = test;
    const actor = await makeActor(db, "admin");
    const { token, id } = await createWorkerPairing(db, { actor, name: "gone" });
    const { databaseUrl } = await pairWorker(db, { token, hostname: "far" });
    const theirs = openDatabase(databaseUrl, { max: 1 });
    await registerWorker(theirs, { id, ...facts });
    const run = await makeRun(db);
    await begin(theirs, run.id, "train-classifier", id);
    await revokeWorkerPairing(db, { actor, id });
    await expect(beatWorker(theirs, { id, ...beat })).rejects.toThrow();
    await closeDatabase(theirs);
    expect(await getRun(db, run.id)).toMatchObject({ status: "queued" });
    expect(await beatWorker(db, { id, ...beat })).toEqual({ revoked: true });
    const late = completeStage(db, {
      runId: run.id,
      attempt: 1,
      result: makeResult("train-classifier"),
    });
    await expect(late).rejects.toThrow("another worker has it");
    const again = await begin(db, run.id, "train-classifier", "heir");
    expect(again.attempt).toBe(2);
    await expect(pairWorker(db, { token, hostname: "h" })).rejects.toThrow("taken back");
    expect((await listWorkers(db)).map((worker) => worker.id)).not.toContain(id);
  });
});
