import { access, mkdir, mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { artifactKey, datasetKey, type DatasetManifest } from "@seedmask/core/contract";
import { z } from "zod";
import type { Transaction } from "../../client.ts";
import { insertDatasetVersion } from "../../datasets/record-dataset-version.ts";
import { recordEvaluation } from "../../evaluations/record-evaluation.ts";
import { type Actor, type Database, getDatasetVersion, PreconditionError } from "../../index.ts";
import { requireRole } from "../../actor.ts";
import { writeAudit } from "../../people/audit.ts";
import { artifact } from "../../schema/index.ts";
import { unpackArchive } from "../archive/index.ts";
import {
  datasetRecordSchema,
  evaluationRecordSchema,
  type Project,
  projectSchema,
  runRecordSchema,
} from "./format.ts";
import { isKnownRun, recordLog, recordRun } from "./record-run.ts";
import { verifyArtifact, verifyDataset } from "./verify.ts";

export interface ImportProjectInput {
  readonly actor: Actor;
  /** The archive. */
  readonly file: string;
  /** Data home it is put into. */
  readonly home: string;
  readonly signal: AbortSignal;
}

/** What was new; the rest was there already. */
export interface ImportedProject {
  readonly datasets: number;
  readonly artifacts: number;
  readonly runs: number;
  readonly knownRuns: number;
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/**
 * Puts an exported project into this one. The archive is hostile input: it is unpacked within limits,
 * every dataset and artefact has to have the content its name stands for, and all rows are written in
 * one transaction. What is there already, by its hash or id, stays as it is: the same archive again
 * changes nothing.
 *
 * @throws {DatasetError | ArtifactError | PreconditionError} naming what was wrong; nothing is kept then
 */
export async function importProject(
  db: Database,
  { actor, file, home, signal }: ImportProjectInput,
): Promise<ImportedProject> {
  requireRole(actor, "admin", "import project");
  await mkdir(join(home, "work"), { recursive: true });
  const folder = await mkdtemp(join(home, "work", "project-"));
  const placed: string[] = [];
  try {
    await unpackArchive(file, folder, { signal });
    const project = await readJson(join(folder, "project.json"), projectSchema);
    const manifests = await checkDatasets(db, folder, project);
    const artifacts = await checkArtifacts(folder, signal);
    const place = async (key: string): Promise<boolean> => {
      const target = join(home, key);
      if (await exists(target)) return false;
      await mkdir(dirname(target), { recursive: true });
      await rename(join(folder, key), target);
      placed.push(target);
      return true;
    };
    for (const { hash } of manifests) await place(datasetKey(hash, ""));
    let files = 0;
    for (const hash of artifacts) if (await place(artifactKey(hash, ""))) files += 1;
    return await db.drizzle.transaction(async (tx) => {
      const counts = await recordProject(tx, { actor, folder, project, manifests });
      const result = { ...counts, artifacts: files };
      const target = { type: "project", id: "project" };
      await writeAudit(tx, { actor, action: "project.import", target, details: result });
      return result;
    });
  } catch (error) {
    for (const path of placed) await rm(path, { recursive: true, force: true });
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readJson<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const name = path.slice(path.lastIndexOf("/project-") + 1).replace(/^[^/]*\//, "");
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new PreconditionError(
      `import project: expected ${name} in the archive, found none. Is it a project export?`,
      { cause },
    );
  });
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new PreconditionError(`import project: ${name} does not fit.\n${why}`, { cause });
  }
}

/** Datasets that come with the archive; one that does not must be there. */
async function checkDatasets(
  db: Database,
  folder: string,
  { datasets }: Project,
): Promise<DatasetManifest[]> {
  const manifests: DatasetManifest[] = [];
  for (const hash of datasets) {
    const place = join(folder, datasetKey(hash, ""));
    if (await exists(place)) {
      manifests.push(await verifyDataset(place, hash));
    } else {
      const known = await getDatasetVersion(db, hash).catch(() => null);
      if (known?.hash === hash) continue;
      throw new PreconditionError(
        `import project: dataset ${hash.slice(0, 12)} is neither here nor in the archive. Import it first, or export with images.`,
      );
    }
  }
  return manifests;
}

async function checkArtifacts(folder: string, signal: AbortSignal): Promise<string[]> {
  const shelf = join(folder, artifactKey("", ""));
  if (!(await exists(shelf))) return [];
  const hashes = await readdir(shelf);
  for (const hash of hashes) {
    signal.throwIfAborted();
    await verifyArtifact(join(shelf, hash), hash);
  }
  return hashes;
}

interface Recording {
  readonly actor: Actor;
  readonly folder: string;
  readonly project: Project;
  readonly manifests: readonly DatasetManifest[];
}

async function recordProject(
  tx: Transaction,
  { actor, folder, project, manifests }: Recording,
): Promise<Omit<ImportedProject, "artifacts">> {
  let datasets = 0;
  for (const manifest of manifests) {
    const path = join(folder, "datasets", `${manifest.hash}.json`);
    const { name, report } = await readJson(path, datasetRecordSchema);
    const input = { actor, manifest: { ...manifest, name }, report };
    if ((await insertDatasetVersion(tx, input)).created) datasets += 1;
  }
  const records = [];
  for (const id of project.runs) {
    const record = await readJson(join(folder, "runs", `${id}.json`), runRecordSchema);
    if (!(await isKnownRun(tx, record))) records.push(record);
  }
  // Evaluations point to artefacts, runs to both.
  for (const { dataset, stages } of records) {
    for (const { kind, hash } of stages.flatMap(({ outputs }) => outputs)) {
      await tx.insert(artifact).values({ hash, kind, dataset }).onConflictDoNothing();
    }
  }
  const wanted = new Set(
    records.flatMap(({ stages }) => stages.flatMap((each) => each.evaluations)),
  );
  const evaluations = new Map<string, number>();
  for (const key of project.evaluations.filter((each) => wanted.has(each))) {
    const path = join(folder, "evaluations", `${key}.json`);
    evaluations.set(key, await recordEvaluation(tx, await readJson(path, evaluationRecordSchema)));
  }
  for (const record of records) {
    await recordRun(tx, record, evaluations);
    await recordLog(tx, record.id, join(folder, "runs", record.id, "log.jsonl"));
  }
  return { datasets, runs: records.length, knownRuns: project.runs.length - records.length };
}
