import { access, mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Disk } from "flydrive";
import { FSDriver } from "flydrive/drivers/fs";
import type { ArtifactKind, ArtifactManifest } from "../contract/index.ts";
import {
  ArtifactError,
  artifactKey,
  artifactManifestKey,
  artifactManifestSchema,
  StorageError,
} from "../contract/index.ts";
import { canonicalJson, sha256 } from "./canonical-json.ts";
import { systemCode, type WriteBytes, writeBytes, writeWhole } from "./write-file.ts";

/** A finished artefact: its name is the hash of its manifest, so it never changes. */
export interface Artifact {
  readonly hash: string;
  readonly manifest: ArtifactManifest;
  read(path: string): Promise<Uint8Array>;
}

/** What a stage writes an artefact into; the folder outlives the process, so a resume goes on with it. */
export interface ArtifactDraft {
  has(path: string): Promise<boolean>;
  put(path: string, bytes: Uint8Array): Promise<void>;
  read(path: string): Promise<Uint8Array>;
  /** Seals the draft: after it the artefact exists as a whole, or nothing of it does. */
  commit(about: Pick<ArtifactManifest, "kind" | "dataset" | "meta">): Promise<string>;
}

export interface ArtifactStore {
  has(hash: string): Promise<boolean>;
  /** @throws {ArtifactError} where there is none of that name */
  open(hash: string): Promise<Artifact>;
  draft(folder: string): ArtifactDraft;
}

export interface ArtifactStoreOptions {
  /** Data home: artefacts lie in `artifacts/HASH/`. */
  readonly home: string;
  /** Where artefacts are kept instead, e.g. an S3 bucket. */
  readonly disk?: Disk;
  /** How bytes reach the disk. */
  readonly write?: WriteBytes;
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".part"))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();
}

async function describeFiles(folder: string): Promise<ArtifactManifest["files"]> {
  const files: ArtifactManifest["files"] = [];
  for (const path of await filesUnder(folder)) {
    const bytes = await readFile(join(folder, path));
    files.push({ path, bytes: bytes.length, sha256: sha256(bytes) });
  }
  return files;
}

export const hashOfManifest = (manifest: ArtifactManifest): string =>
  sha256(canonicalJson(manifest));

function storageError(where: string, cause: unknown): StorageError {
  return new StorageError(
    `${where}: expected a store that can be read and written, got ${systemCode(cause)}. Free some space or mend the store, then try again.`,
    { cause },
  );
}

/** Content-addressed artefacts on a disk, or on any flydrive store. */
export function createArtifactStore({
  home,
  disk,
  write = writeBytes,
}: ArtifactStoreOptions): ArtifactStore {
  const shelf = disk ?? new Disk(new FSDriver({ location: home, visibility: "private" }));

  async function has(hash: string): Promise<boolean> {
    try {
      return await shelf.exists(artifactManifestKey(hash));
    } catch (cause) {
      throw storageError(`artefact ${hash}`, cause);
    }
  }

  async function read(hash: string, path: string): Promise<Uint8Array> {
    try {
      return await shelf.getBytes(artifactKey(hash, path));
    } catch (cause) {
      throw new ArtifactError(
        `artefact ${hash}: expected file ${path}, found none. Run the stage that made it again.`,
        { cause },
      );
    }
  }

  async function openArtifact(hash: string): Promise<Artifact> {
    const bytes = await read(hash, "manifest.json");
    const manifest = artifactManifestSchema.parse(JSON.parse(Buffer.from(bytes).toString()));
    return { hash, manifest, read: (path) => read(hash, path) };
  }

  /** One rename makes the whole artefact appear. */
  async function moveIn(folder: string, hash: string): Promise<void> {
    const place = join(home, artifactKey(hash, ""));
    await mkdir(dirname(place), { recursive: true });
    await rename(folder, place);
    await syncFolder(dirname(place));
  }

  /** The manifest goes last: without it the artefact does not exist. */
  async function upload(folder: string, hash: string, files: readonly string[]): Promise<void> {
    for (const path of [...files, "manifest.json"]) {
      await shelf.put(artifactKey(hash, path), await readFile(join(folder, path)));
    }
    await rm(folder, { recursive: true });
  }

  function draft(folder: string): ArtifactDraft {
    return {
      has: (path) =>
        access(join(folder, path)).then(
          () => true,
          () => false,
        ),
      put: (path, bytes) => writeWhole(join(folder, path), bytes, write),
      read: (path) => readFile(join(folder, path)),
      async commit(about) {
        await rm(join(folder, "manifest.json"), { force: true });
        const files = await describeFiles(folder);
        const manifest = artifactManifestSchema.parse({ schemaVersion: 1, ...about, files });
        const hash = hashOfManifest(manifest);
        if (await has(hash)) {
          await rm(folder, { recursive: true, force: true });
          return hash;
        }
        await writeWhole(join(folder, "manifest.json"), canonicalJson(manifest), write);
        try {
          const paths = files.map(({ path }) => path);
          await (disk ? upload(folder, hash, paths) : moveIn(folder, hash));
        } catch (cause) {
          throw storageError(`artefact ${about.kind}`, cause);
        }
        return hash;
      },
    };
  }

  return { has, open: openArtifact, draft };
}

/** The artefact of a kind among a stage's inputs. */
export async function openInput(
  store: ArtifactStore,
  inputs: Readonly<Partial<Record<ArtifactKind, string>>>,
  kind: ArtifactKind,
): Promise<Artifact> {
  const hash = inputs[kind];
  if (hash === undefined) throw new ArtifactError(`expected artefact ${kind}, found none.`);
  const artifact = await store.open(hash);
  if (artifact.manifest.kind !== kind) {
    throw new ArtifactError(
      `artefact ${hash}: expected kind ${kind}, got ${artifact.manifest.kind}. Run the stage that makes ${kind} again.`,
    );
  }
  return artifact;
}
