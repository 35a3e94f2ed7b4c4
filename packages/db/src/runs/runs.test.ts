import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  begin,
  demoConfig,
  makeActor,
  makeRun,
  recordDataset,
  unique,
} from "../../test/factories.ts";
import { createTestDatabase, type TestDatabase } from "../../test/with-database.ts";
import { SYSTEM_ACTOR } from "../actor.ts";
import { ForbiddenError, NotFoundError, PreconditionError } from "../errors.ts";
import { listAudit } from "../people/audit.ts";
import { listJobs } from "../queue/list-jobs.ts";
import { cancelRun } from "./cancel-run.ts";
import { createRun } from "./create-run.ts";
import { deleteRun, duplicateRun, renameRun, tagRun } from "./edit-run.ts";
import { getRun } from "./get-run.ts";
import { countRunsByStatus, listRuns } from "./list-runs.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

describe("createRun", () => {
  it("names the run and puts its first stage into the queue", async () => {
    const dataset = await recordDataset(test.db, { name: "shapes" });
    const { id, name } = await makeRun(test.db, { dataset });
    expect(id).toMatch(/^[0-9a-hjkmnp-tv-z]{8}$/);
    expect(name).toMatch(/^cam-tiny-shapes-\d{4,}$/);
    const [job] = await listJobs(test.db, id);
    expect(job).toMatchObject({ runId: id, stage: "train-classifier", state: "queued" });
    expect((await getRun(test.db, id)).queuePosition).toBe(job?.position);
  });

  it("makes one group of repeats over seeds", async () => {
    const dataset = await recordDataset(test.db);
    const input = { actor: SYSTEM_ACTOR, config: demoConfig(), dataset: dataset.hash };
    const runs = await createRun(test.db, { ...input, codeVersion: "test", repeats: 3 });
    const { group } = await getRun(test.db, runs[0]!.id);
    expect(group.members.map(({ seed }) => seed)).toEqual([1, 2, 3]);
  });

  it("refuses an unknown dataset and a split that it lacks", async () => {
    const base = { actor: SYSTEM_ACTOR, codeVersion: "test", config: demoConfig() };
    const unknown = createRun(test.db, { ...base, dataset: "f".repeat(64) });
    await expect(unknown).rejects.toBeInstanceOf(NotFoundError);
    const { hash } = await recordDataset(test.db);
    const config = { ...demoConfig(), evaluationSplit: "test" };
    const lacking = createRun(test.db, { ...base, config, dataset: hash });
    await expect(lacking).rejects.toThrow("expected a split test");
  });

  it("leaves neither run nor job when it fails", async () => {
    const before = await countRunsByStatus(test.db);
    const jobs = await listJobs(test.db);
    const { hash } = await recordDataset(test.db);
    const actor = { id: "nobody-with-this-id", name: "ghost", role: "member" } as const;
    const input = { actor, config: demoConfig(), dataset: hash, codeVersion: "test" };
    await expect(createRun(test.db, input)).rejects.toThrow();
    expect(await countRunsByStatus(test.db)).toEqual(before);
    expect(await listJobs(test.db)).toHaveLength(jobs.length);
  });
});

describe("who may change a run", () => {
  it("lets members change their own, maintainers any, viewers none", async () => {
    const { db } = test;
    const [viewer, member, other, maintainer] = await Promise.all([
      makeActor(db, "viewer"),
      makeActor(db, "member"),
      makeActor(db, "member"),
      makeActor(db, "maintainer"),
    ]);
    await expect(makeRun(db, { actor: viewer })).rejects.toBeInstanceOf(ForbiddenError);
    const { id: runId } = await makeRun(db, { actor: member });
    for (const actor of [viewer, other]) {
      const title = "mine now";
      await expect(cancelRun(db, { actor, runId })).rejects.toBeInstanceOf(ForbiddenError);
      await expect(renameRun(db, { actor, runId, title })).rejects.toBeInstanceOf(ForbiddenError);
      await expect(tagRun(db, { actor, runId })).rejects.toBeInstanceOf(ForbiddenError);
      await expect(deleteRun(db, { actor, runId })).rejects.toBeInstanceOf(ForbiddenError);
    }
    await renameRun(db, { actor: member, runId, title: "baseline" });
    expect(await tagRun(db, { actor: maintainer, runId, add: ["b", "a"] })).toEqual(["a", "b"]);
    expect(await getRun(db, runId)).toMatchObject({ title: "baseline", tags: ["a", "b"] });
    const { rows } = await listAudit(db, { target: { type: "run", id: runId } });
    expect(rows.map(({ action }) => action)).toEqual(["run.tag", "run.rename", "run.create"]);
  });
});

describe("duplicateRun and deleteRun", () => {
  it("makes a child with the same config", async () => {
    const { id } = await makeRun(test.db);
    const copy = await duplicateRun(test.db, { actor: SYSTEM_ACTOR, runId: id });
    const [source, child] = [await getRun(test.db, id), await getRun(test.db, copy.id)];
    expect(child).toMatchObject({ parent: id, config: source.config, recipe: source.recipe });
  });

  it("removes a run only once it has ended", async () => {
    const actor = SYSTEM_ACTOR;
    const { id: runId } = await makeRun(test.db);
    await begin(test.db, runId, "train-classifier");
    await expect(deleteRun(test.db, { actor, runId })).rejects.toBeInstanceOf(PreconditionError);
    const { id: ended } = await makeRun(test.db);
    await cancelRun(test.db, { actor, runId: ended });
    await deleteRun(test.db, { actor, runId: ended });
    await expect(getRun(test.db, ended)).rejects.toBeInstanceOf(NotFoundError);
  });
});

describe("listRuns", () => {
  it("gives every run once over its pages, in order, nulls last", async () => {
    const { db } = test;
    const dataset = await recordDataset(db);
    const tag = unique();
    const ids: string[] = [];
    for (let index = 0; index < 7; index += 1) {
      const { id } = await makeRun(db, { dataset });
      ids.push(id);
      await tagRun(db, { actor: SYSTEM_ACTOR, runId: id, add: [tag] });
      const meanIou = index < 4 ? (index % 3) / 10 + 0.1 : null;
      await db.pool.query("update run set mean_iou = $1 where id = $2", [meanIou, id]);
    }
    for (const direction of ["asc", "desc"] as const) {
      const seen: (number | null)[] = [];
      const found = new Set<string>();
      for (let cursor: string | undefined; ;) {
        const page = await listRuns(db, {
          filter: { tags: { all: [tag] } },
          sort: { by: "meanIou", direction },
          columns: ["meanIou"],
          limit: 2,
          withTotal: true,
          ...(cursor === undefined ? {} : { cursor }),
        });
        expect(page.total).toBe(7);
        for (const row of page.rows) {
          expect(Object.keys(row).toSorted()).toEqual(["id", "meanIou"]);
          seen.push(row.meanIou);
          found.add(row.id);
        }
        if (page.next === null) break;
        cursor = page.next;
      }
      expect(found).toEqual(new Set(ids));
      const ascending = [0.1, 0.1, 0.2, 0.3];
      const values = direction === "asc" ? ascending : ascending.toReversed();
      expect(seen.map((value) => value && Math.round(value * 10) / 10)).toEqual([
        ...values,
        null,
        null,
        null,
      ]);
    }
  });

  it("pages by time without losing rows of the same moment", async () => {
    const { db } = test;
    const { rows: all } = await listRuns(db, { limit: 1000 });
    const found: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await listRuns(db, { limit: 3, ...(cursor === undefined ? {} : { cursor }) });
      found.push(...page.rows.map(({ id }) => id));
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(found).toEqual(all.map(({ id }) => id));
  });

  it("finds by part of a name, by status and by what a tag must not be", async () => {
    const { db } = test;
    const { id } = await makeRun(db, { title: "The 50 % Run" });
    const search = await listRuns(db, { filter: { search: "50 %" } });
    expect(search.rows.map((row) => row.id)).toEqual([id]);
    const named = await listRuns(db, { filter: { ids: [id, "nobody"] } });
    expect(named.rows.map((row) => row.id)).toEqual([id]);
    const none = await listRuns(db, { filter: { search: "50_%", status: ["queued"] } });
    expect(none.rows).toEqual([]);
    await tagRun(db, { actor: SYSTEM_ACTOR, runId: id, add: ["hidden"] });
    const without = await listRuns(db, { filter: { tags: { none: ["hidden"] } }, limit: 1000 });
    expect(without.rows.some((row) => row.id === id)).toBe(false);
  });

  it("shows how far a run is", async () => {
    const { id } = await makeRun(test.db);
    await begin(test.db, id, "train-classifier");
    const columns = ["stagesDone", "stagesTotal", "progress", "classIous", "ownerName"] as const;
    const { rows } = await listRuns(test.db, { filter: { search: id }, columns });
    expect(rows[0]).toMatchObject({ stagesDone: 0, stagesTotal: 7, progress: null });
  });
});
