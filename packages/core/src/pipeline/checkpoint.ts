import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { ArtifactError } from "../contract/index.ts";
import { decodeSafetensors, encodeSafetensors } from "../tensor/safetensors.ts";
import type { StateDict } from "../tensor/state-dict.ts";
import { writeWhole } from "./write-file.ts";

const fenceSchema = z.strictObject({ attempt: z.int().nonnegative() });

/** Where a stage left off. Only the newest attempt may write: a zombie is stopped by the fence. */
export interface Checkpoint {
  /** What was saved last, or null. */
  load(): Promise<{ tensors: StateDict; progress: Record<string, string> } | null>;
  save(tensors: StateDict, progress: Readonly<Record<string, string>>): Promise<void>;
  /** Whether so much time has gone by since the last save that another is worth it. */
  due(): boolean;
  /** @throws {ArtifactError} when another attempt has taken over */
  guard(): Promise<void>;
  /** A JSON value kept under a name; null where there is none. */
  note(name: string): Promise<unknown>;
  keepNote(name: string, value: unknown): Promise<void>;
}

async function readOrNull(path: string): Promise<Buffer | null> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
}

async function newestAttempt(folder: string): Promise<number> {
  const bytes = await readOrNull(join(folder, "fence.json"));
  return bytes === null ? -1 : fenceSchema.parse(JSON.parse(bytes.toString())).attempt;
}

export interface CheckpointOptions {
  readonly attempt: number;
  /** Least seconds between two saves. */
  readonly seconds: number;
  /** Throw away what an earlier attempt left. */
  readonly fresh: boolean;
}

/** Takes the work folder over for one attempt. */
export async function openCheckpoint(
  folder: string,
  { attempt, seconds, fresh }: CheckpointOptions,
): Promise<Checkpoint> {
  if (fresh) await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const guard = async (): Promise<void> => {
    const newest = await newestAttempt(folder);
    if (newest <= attempt) return;
    throw new ArtifactError(
      `${folder}: expected attempt ${attempt} to be the newest, got ${newest}. Another worker has taken the stage over; this one stops.`,
    );
  };
  await guard();
  await writeWhole(join(folder, "fence.json"), JSON.stringify({ attempt }));
  const path = join(folder, "checkpoint.safetensors");
  let savedAt = performance.now();
  return {
    guard,
    due: () => performance.now() - savedAt >= seconds * 1000,
    async load() {
      const bytes = await readOrNull(path);
      if (bytes === null) return null;
      const { tensors, metadata } = decodeSafetensors(bytes, path);
      return { tensors, progress: metadata };
    },
    async save(tensors, progress) {
      await guard();
      await writeWhole(path, encodeSafetensors(tensors, progress));
      savedAt = performance.now();
    },
    async note(name) {
      const bytes = await readOrNull(join(folder, `${name}.json`));
      return bytes === null ? null : JSON.parse(bytes.toString());
    },
    async keepNote(name, value) {
      await guard();
      await writeWhole(join(folder, `${name}.json`), JSON.stringify(value));
    },
  };
}
