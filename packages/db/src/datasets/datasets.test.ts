import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  makeActor,
  makeManifest,
  makeReport,
  makeRun,
  recordDataset,
} from "../../test/factories.ts";
import { createTestDatabase, type TestDatabase } from "../../test/with-database.ts";
import { SYSTEM_ACTOR } from "../actor.ts";
import { ConflictError, ForbiddenError, NotFoundError } from "../errors.ts";
import {
  completeDatasetImport,
  createDatasetImport,
  getDatasetImport,
  recordImportProgress,
  startDatasetImport,
} from "./dataset-imports.ts";
import {
  deleteDatasetVersion,
  getDatasetVersion,
  listDatasets,
  listDatasetVersions,
} from "./list-datasets.ts";
import { getImage, listImages } from "./list-images.ts";
import { recordDatasetVersion } from "./record-dataset-version.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const actor = SYSTEM_ACTOR;

describe("recordDatasetVersion", () => {
  it("does nothing for contents that are known, also when several import them at once", async () => {
    const manifest = makeManifest();
    const report = makeReport(manifest);
    const input = { actor, manifest, report };
    const results = await Promise.all([1, 2, 3].map(() => recordDatasetVersion(test.db, input)));
    expect(results.filter(({ created }) => created)).toHaveLength(1);
    const version = await getDatasetVersion(test.db, manifest.name);
    expect(version).toMatchObject({
      version: 1,
      images: 8,
      masks: 8,
      splits: { train: 6, val: 2 },
    });
    expect(version).toEqual(await getDatasetVersion(test.db, manifest.hash));
  });

  it("counts other contents of the same name as the next version", async () => {
    const first = await recordDataset(test.db, { name: "grown", images: 8 });
    const second = await recordDataset(test.db, { name: "grown", images: 12 });
    const versions = await listDatasetVersions(test.db, "grown");
    expect(versions.map(({ version, hash }) => [version, hash])).toEqual([
      [2, second.hash],
      [1, first.hash],
    ]);
    const listed = (await listDatasets(test.db)).filter(({ name }) => name === "grown");
    expect(listed).toMatchObject([{ hash: second.hash, versions: 2, findings: 0, runs: 0 }]);
  });

  it("is for maintainers", async () => {
    const member = await makeActor(test.db, "member");
    const manifest = makeManifest();
    const input = { actor: member, manifest, report: makeReport(manifest) };
    await expect(recordDatasetVersion(test.db, input)).rejects.toBeInstanceOf(ForbiddenError);
  });
});

describe("deleteDatasetVersion", () => {
  it("refuses while runs use it and forgets it otherwise", async () => {
    const dataset = await recordDataset(test.db);
    await makeRun(test.db, { dataset });
    const used = deleteDatasetVersion(test.db, { actor, hash: dataset.hash });
    await expect(used).rejects.toBeInstanceOf(ConflictError);
    const free = await recordDataset(test.db);
    await deleteDatasetVersion(test.db, { actor, hash: free.hash });
    await expect(getDatasetVersion(test.db, free.name)).rejects.toBeInstanceOf(NotFoundError);
  });
});

describe("listImages and getImage", () => {
  it("pages in the order of the manifest, filtered by split, class and name", async () => {
    const { hash: dataset, images } = await recordDataset(test.db, { images: 25 });
    const first = await listImages(test.db, { dataset, limit: 10, withTotal: true });
    expect(first.total).toBe(25);
    const second = await listImages(test.db, { dataset, limit: 10, cursor: first.next! });
    expect(second.rows.map(({ idx }) => idx)).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
    const val = await listImages(test.db, { dataset, split: "val", label: 0 });
    expect(val.rows.map(({ idx }) => idx)).toEqual([3, 15]);
    const named = await listImages(test.db, { dataset, search: "e-00007" });
    expect(named.rows.map(({ key }) => key)).toEqual([images[7]!.key]);
    expect((await listImages(test.db, { dataset, hasMask: false })).rows).toEqual([]);
  });

  it("knows an image's neighbours in its split", async () => {
    const { hash: dataset, images } = await recordDataset(test.db, { images: 8 });
    const image = await getImage(test.db, { dataset, key: images[3]!.key });
    expect(image).toMatchObject({ split: "val", previousKey: null, nextKey: images[7]!.key });
    const unknown = getImage(test.db, { dataset, key: "0".repeat(16) });
    await expect(unknown).rejects.toBeInstanceOf(NotFoundError);
  });
});

describe("dataset imports", () => {
  it("go from request to report, and refuse a predecessor", async () => {
    const request = {
      path: "/data/x",
      format: "auto",
      name: "x",
      dryRun: true,
      options: {},
    } as const;
    const { id } = await createDatasetImport(test.db, { actor, request });
    const first = await startDatasetImport(test.db, id);
    const second = await startDatasetImport(test.db, id);
    expect([first?.attempt, second?.attempt]).toEqual([1, 2]);
    const late = recordImportProgress(test.db, { id, attempt: 1, done: 1, total: 2 });
    await expect(late).rejects.toBeInstanceOf(ConflictError);
    await recordImportProgress(test.db, { id, attempt: 2, done: 1, total: 2 });
    const report = makeReport(makeManifest());
    await completeDatasetImport(test.db, { id, attempt: 2, hash: null, report });
    expect(await getDatasetImport(test.db, id)).toMatchObject({ status: "succeeded", report });
    expect(await startDatasetImport(test.db, id)).toBeNull();
  });
});
