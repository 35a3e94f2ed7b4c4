import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Disk } from "flydrive";
import { FSDriver } from "flydrive/drivers/fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { StorageError } from "../contract/index.ts";
import { createArtifactStore } from "./artifact-store.ts";
import { type WriteBytes, writeBytes } from "./write-file.ts";

const about = { kind: "seed" as const, dataset: "d", meta: { classes: ["cat"] } };
let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "seedmask-store-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** A disk that is full after so many bytes. */
function fullAfter(room: number): WriteBytes {
  let left = room;
  return async (path, bytes) => {
    await writeBytes(path, bytes.subarray(0, Math.max(0, left)));
    left -= bytes.length;
    if (left < 0) throw Object.assign(new Error("no space left"), { code: "ENOSPC" });
  };
}

describe("createArtifactStore", () => {
  it("gives back what was put in, under one name for equal content", async () => {
    const store = createArtifactStore({ home });
    const hashes = [];
    for (const folder of ["a", "b"]) {
      const draft = store.draft(join(home, "work", folder));
      await draft.put("masks/1.png", Buffer.from("one"));
      hashes.push(await draft.commit(about));
    }
    expect(hashes[0]).toBe(hashes[1]);
    const artifact = await store.open(hashes[0]!);
    expect(Buffer.from(await artifact.read("masks/1.png")).toString()).toBe("one");
    expect(artifact.manifest.files.map(({ path }) => path)).toEqual(["masks/1.png"]);
    expect(await readdir(join(home, "artifacts"))).toEqual([hashes[0]]);
  });

  it("names other content otherwise", async () => {
    const store = createArtifactStore({ home });
    const draft = store.draft(join(home, "a"));
    await draft.put("x", Buffer.from("1"));
    const first = await draft.commit(about);
    await draft.put("x", Buffer.from("1"));
    expect(await draft.commit({ ...about, meta: {} })).not.toBe(first);
  });

  it("goes on with a draft that an earlier process left", async () => {
    const folder = join(home, "draft");
    await createArtifactStore({ home }).draft(folder).put("a", Buffer.from("1"));
    const draft = createArtifactStore({ home }).draft(folder);
    expect([await draft.has("a"), await draft.has("b")]).toEqual([true, false]);
    await draft.put("b", Buffer.from("2"));
    const { manifest } = await createArtifactStore({ home }).open(await draft.commit(about));
    expect(manifest.files.map(({ path }) => path)).toEqual(["a", "b"]);
  });

  it("says that the disk is full, leaves nothing half-written and goes on once there is room", async () => {
    const full = createArtifactStore({ home, write: fullAfter(5) });
    const draft = full.draft(join(home, "draft"));
    await draft.put("a", Buffer.from("123"));
    const failure = draft.put("b", Buffer.from("456789"));
    await expect(failure).rejects.toThrow(StorageError);
    await expect(failure).rejects.toThrow(/ENOSPC/);
    await expect(failure).rejects.toMatchObject({ retryable: true });
    expect(await readdir(join(home, "draft"))).toEqual(["a"]);
    const again = createArtifactStore({ home }).draft(join(home, "draft"));
    await again.put("b", Buffer.from("456789"));
    expect(await createArtifactStore({ home }).has(await again.commit(about))).toBe(true);
  });

  it("does not let an artefact appear whose manifest could not be written", async () => {
    const store = createArtifactStore({ home, write: fullAfter(3) });
    const draft = store.draft(join(home, "draft"));
    await draft.put("a", Buffer.from("123"));
    await expect(draft.commit(about)).rejects.toThrow(StorageError);
    expect(await readdir(home)).toEqual(["draft"]);
  });

  it("keeps artefacts on another store; the manifest goes last", async () => {
    const location = join(home, "bucket");
    const disk = new Disk(new FSDriver({ location, visibility: "private" }));
    const store = createArtifactStore({ home, disk });
    const draft = store.draft(join(home, "draft"));
    await draft.put("a", Buffer.from("123"));
    const hash = await draft.commit(about);
    expect(await store.has(hash)).toBe(true);
    expect((await readdir(join(location, "artifacts", hash))).toSorted()).toEqual([
      "a",
      "manifest.json",
    ]);
  });

  it("names the stage's remedy where an artefact is missing", async () => {
    const store = createArtifactStore({ home });
    await expect(store.open("0".repeat(64))).rejects.toThrow(/Run the stage that made it again/);
  });
});
