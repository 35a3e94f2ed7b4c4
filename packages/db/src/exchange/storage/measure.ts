import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { artifactKey } from "@seedmask/core/contract";
import { desc, eq } from "drizzle-orm";
import { type Actor, requireRole } from "../../actor.ts";
import type { Database } from "../../client.ts";
import { run, stageArtifact } from "../../schema/index.ts";

/** Parts of the data home. */
const STORAGE_PARTS = [
  "datasets",
  "artifacts",
  "weights",
  "postgres",
  "stage-cache",
  "work",
  "uploads",
  "previews",
  "predictions",
  "logs",
] as const;
export type StoragePart = (typeof STORAGE_PARTS)[number];

export interface PartUse {
  readonly part: StoragePart;
  readonly bytes: number;
  readonly files: number;
}

export interface RunUse {
  readonly id: string;
  readonly name: string;
  /** Bytes of all its artefacts, and of those that no other run has. */
  readonly bytes: number;
  readonly ownBytes: number;
}

export interface StorageUse {
  readonly parts: PartUse[];
  /** Largest first. */
  readonly runs: RunUse[];
  /** Artefacts that no run has any more. */
  readonly unreferenced: { readonly count: number; readonly bytes: number };
}

/** Bytes and files below a folder; nothing where there is none, or where we may not look. */
async function sizeOf(folder: string): Promise<{ bytes: number; files: number }> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  let [bytes, files] = [0, 0];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      const inner = await sizeOf(path);
      bytes += inner.bytes;
      files += inner.files;
    } else if (entry.isFile()) {
      bytes += (await stat(path).catch(() => ({ size: 0 }))).size;
      files += 1;
    }
  }
  return { bytes, files };
}

/** Sizes of the artefacts in the store, by hash. */
export async function artifactSizes(home: string): Promise<Map<string, number>> {
  const hashes = await readdir(join(home, artifactKey("", ""))).catch(() => []);
  const sizes = new Map<string, number>();
  for (const hash of hashes) {
    sizes.set(hash, (await sizeOf(join(home, artifactKey(hash, "")))).bytes);
  }
  return sizes;
}

/** What uses the disk: the parts of the data home, and the artefacts of every run. */
export async function measureStorage(
  db: Database,
  { actor, home }: { actor: Actor; home: string },
): Promise<StorageUse> {
  requireRole(actor, "admin", "measure storage");
  const sizes = await artifactSizes(home);
  const links = await db.drizzle
    .selectDistinct({
      id: run.id,
      name: run.name,
      number: run.number,
      hash: stageArtifact.artifact,
    })
    .from(stageArtifact)
    .innerJoin(run, eq(run.id, stageArtifact.run))
    .orderBy(desc(run.number));
  const users = new Map<string, number>();
  for (const { hash } of links) users.set(hash, (users.get(hash) ?? 0) + 1);
  const runs = new Map<string, { -readonly [Key in keyof RunUse]: RunUse[Key] }>();
  for (const { id, name, hash } of links) {
    const bytes = sizes.get(hash) ?? 0;
    const use = runs.get(id) ?? { id, name, bytes: 0, ownBytes: 0 };
    runs.set(id, use);
    use.bytes += bytes;
    if (users.get(hash) === 1) use.ownBytes += bytes;
  }
  const loose = [...sizes].filter(([hash]) => !users.has(hash));
  const parts: PartUse[] = [];
  for (const part of STORAGE_PARTS) {
    parts.push({ part, ...(await sizeOf(join(home, part))) });
  }
  return {
    parts: parts.toSorted((a, b) => b.bytes - a.bytes),
    runs: [...runs.values()].toSorted((a, b) => b.bytes - a.bytes),
    unreferenced: {
      count: loose.length,
      bytes: loose.reduce((sum, [, bytes]) => sum + bytes, 0),
    },
  };
}
