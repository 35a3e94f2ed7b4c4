import {
  type DatasetImportRequest,
  datasetImportRequestSchema,
  IMPORT_DATASET_QUEUE,
  type ImportDatasetJob,
  type ValidationReport,
} from "@seedmask/core/contract";
import { and, desc, eq, sql } from "drizzle-orm";
import { type Actor, requireRole } from "../actor.ts";
import type { Database } from "../client.ts";
import { ConflictError, NotFoundError } from "../errors.ts";
import { newId } from "../ids.ts";
import { writeAudit } from "../people/audit.ts";
import { datasetImport } from "../schema/index.ts";

export type DatasetImportRow = typeof datasetImport.$inferSelect;

interface ImportAttempt {
  readonly id: string;
  readonly attempt: number;
}

/** Asks a worker for an import, or for a dry run of one. */
export async function createDatasetImport(
  db: Database,
  { actor, request }: { actor: Actor; request: DatasetImportRequest },
): Promise<{ id: string }> {
  requireRole(actor, "maintainer", "import dataset");
  const id = newId();
  await db.drizzle.transaction(async (tx) => {
    const job: ImportDatasetJob = { importId: id };
    const parsed = datasetImportRequestSchema.parse(request);
    const jobId = await db.sender.send(tx, IMPORT_DATASET_QUEUE, job, { priority: 1000 });
    await tx.insert(datasetImport).values({ id, request: parsed, jobId, owner: actor.id });
    const target = { type: "dataset-import", id };
    const details = { before: null, after: parsed };
    await writeAudit(tx, { actor, action: "dataset-import.create", target, details });
  });
  return { id };
}

export async function getDatasetImport(db: Database, id: string): Promise<DatasetImportRow> {
  const [row] = await db.drizzle.select().from(datasetImport).where(eq(datasetImport.id, id));
  if (row) return row;
  throw new NotFoundError(`dataset import ${id}: none such.`);
}

/** Newest first, at most 50. */
export async function listDatasetImports(db: Database): Promise<DatasetImportRow[]> {
  return db.drizzle.select().from(datasetImport).orderBy(desc(datasetImport.createdAt)).limit(50);
}

/** Takes an import over; null where it is done. Earlier attempts are refused from now on. */
export async function startDatasetImport(
  db: Database,
  id: string,
): Promise<{ attempt: number; request: DatasetImportRequest; owner: string | null } | null> {
  const [row] = await db.drizzle
    .update(datasetImport)
    .set({ status: "running", attempt: sql`${datasetImport.attempt} + 1`, done: 0, total: null })
    .where(and(eq(datasetImport.id, id), sql`${datasetImport.status} in ('queued', 'running')`))
    .returning();
  return row ? { attempt: row.attempt, request: row.request, owner: row.owner } : null;
}

export async function recordImportProgress(
  db: Database,
  { done, total, ...attempt }: ImportAttempt & { done: number; total: number },
): Promise<void> {
  await update(db, attempt, { done, total });
}

/** Ends an import; a dry run has a report and no hash. */
export async function completeDatasetImport(
  db: Database,
  input: ImportAttempt & { hash: string | null; report: ValidationReport },
): Promise<void> {
  const { hash, report } = input;
  await update(db, input, { status: "succeeded", hash, report, finishedAt: new Date() });
}

/** Ends an import that could not be done; a validator that found errors gives its report too. */
export async function failDatasetImport(
  db: Database,
  input: ImportAttempt & { message: string; report: ValidationReport | null },
): Promise<void> {
  const { message, report } = input;
  await update(db, input, { status: "failed", error: message, report, finishedAt: new Date() });
}

async function update(
  db: Database,
  { id, attempt }: ImportAttempt,
  values: Partial<typeof datasetImport.$inferInsert>,
): Promise<void> {
  const changed = await db.drizzle
    .update(datasetImport)
    .set(values)
    .where(
      and(
        eq(datasetImport.id, id),
        eq(datasetImport.attempt, attempt),
        eq(datasetImport.status, "running"),
      ),
    )
    .returning({ id: datasetImport.id });
  if (changed.length === 1) return;
  throw new ConflictError(`dataset import ${id}: attempt ${attempt} no longer holds it. Stop.`);
}
