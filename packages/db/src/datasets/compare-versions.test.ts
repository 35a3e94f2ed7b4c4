import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeManifest, makeReport, sha256, unique } from "../../test/factories.ts";
import { createTestDatabase, type TestDatabase } from "../../test/with-database.ts";
import { SYSTEM_ACTOR } from "../actor.ts";
import { compareDatasetVersions } from "./compare-versions.ts";
import { recordDatasetVersion } from "./record-dataset-version.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

describe("compareDatasetVersions", () => {
  it("tells what came, went and changed, by the names of classes", async () => {
    const before = makeManifest({ images: 8 });
    const [first, second, third, ...rest] = before.images;
    const after = {
      ...before,
      hash: sha256(unique()),
      classes: ["background clutter", ...before.classes],
      images: [
        ...rest.map((image) => ({ ...image, labels: image.labels.map((label) => label + 1) })),
        { ...second!, labels: [0], split: "val" },
        { ...third!, labels: third!.labels.map((label) => label + 1), mask: null },
        { ...first!, id: "new-one", key: sha256("new-one").slice(0, 16), labels: [] },
      ],
    };
    for (const manifest of [before, after]) {
      const report = makeReport(manifest);
      await recordDatasetVersion(test.db, { actor: SYSTEM_ACTOR, manifest, report });
    }
    const diff = await compareDatasetVersions(test.db, { from: before.hash, to: after.hash });
    expect(diff.classes).toEqual({ added: ["background clutter"], removed: [] });
    expect(diff.added).toMatchObject({ total: 1, images: [{ id: "new-one", before: null }] });
    expect(diff.removed).toMatchObject({ total: 1, images: [{ id: first!.id, after: null }] });
    expect(diff.changed.total).toBe(2);
    expect(diff.changed.images).toMatchObject([
      {
        id: second!.id,
        before: { split: "train", labels: ["square"], hasMask: true, size: [96, 64] },
        after: { split: "val", labels: ["background clutter"], hasMask: true },
      },
      { id: third!.id, before: { hasMask: true }, after: { hasMask: false } },
    ]);
    const same = await compareDatasetVersions(test.db, { from: before.hash, to: before.hash });
    expect([same.added.total, same.removed.total, same.changed.total]).toEqual([0, 0, 0]);
  });
});
