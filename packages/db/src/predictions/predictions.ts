import {
  type ArtifactsByKind,
  MODEL_KINDS,
  PREDICT_IMAGE_QUEUE,
  type PredictImageJob,
  type PredictionRequest,
  predictionInputKey,
} from "@seedmask/core/contract";
import { and, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import { type Actor, requireRole } from "../actor.ts";
import type { Database } from "../client.ts";
import { ConflictError, NotFoundError, PreconditionError } from "../errors.ts";
import { newId } from "../ids.ts";
import { datasetVersion, prediction, run, stageArtifact } from "../schema/index.ts";

export type PredictionRow = typeof prediction.$inferSelect;

interface PredictionAttempt {
  readonly id: string;
  readonly attempt: number;
}

/** Ahead of every stage that waits: someone looks at an empty screen. */
const PRIORITY = 1000;

/** An id under which an image may be kept before it is asked about. */
export const newPredictionId = newId;

/** Asks a worker to look at an image that lies under the id's storage key. */
export async function createPrediction(
  db: Database,
  { actor, id, runId, name }: { actor: Actor; id: string; runId: string; name: string },
): Promise<{ id: string }> {
  requireRole(actor, "member", "predict");
  await db.drizzle.transaction(async (tx) => {
    const [known] = await tx.select({ id: run.id }).from(run).where(eq(run.id, runId));
    if (!known) throw new NotFoundError(`run ${runId}: none such.`);
    const found = await tx
      .select({ kind: stageArtifact.kind })
      .from(stageArtifact)
      .where(and(eq(stageArtifact.run, runId), inArray(stageArtifact.kind, [...MODEL_KINDS])));
    if (found.length === 0) {
      throw new PreconditionError(
        `predict: expected a trained network of run ${runId}, found none. Wait until it has trained one.`,
      );
    }
    const job: PredictImageJob = { predictionId: id };
    const jobId = await db.sender.send(tx, PREDICT_IMAGE_QUEUE, job, { priority: PRIORITY });
    await tx.insert(prediction).values({ id, run: runId, name, jobId, owner: actor.id });
  });
  return { id };
}

export async function getPrediction(db: Database, id: string): Promise<PredictionRow> {
  const [row] = await db.drizzle.select().from(prediction).where(eq(prediction.id, id));
  if (row) return row;
  throw new NotFoundError(`prediction ${id}: none such.`);
}

/** What a person asked for, newest first, at most 20. */
export async function listPredictions(db: Database, actor: Actor): Promise<PredictionRow[]> {
  const owned = actor.id === null ? isNull(prediction.owner) : eq(prediction.owner, actor.id);
  return db.drizzle
    .select()
    .from(prediction)
    .where(owned)
    .orderBy(desc(prediction.createdAt))
    .limit(20);
}

/** The networks a run has trained, and what to know to use them. */
export async function getModel(
  db: Database,
  runId: string,
): Promise<Omit<PredictionRequest, "image" | "name">> {
  const [row] = await db.drizzle
    .select({ config: run.config, dataset: run.dataset, classes: datasetVersion.classes })
    .from(run)
    .innerJoin(datasetVersion, eq(datasetVersion.hash, run.dataset))
    .where(eq(run.id, runId));
  if (!row) throw new NotFoundError(`run ${runId}: none such.`);
  const found = await db.drizzle
    .select({ kind: stageArtifact.kind, hash: stageArtifact.artifact })
    .from(stageArtifact)
    .where(and(eq(stageArtifact.run, runId), inArray(stageArtifact.kind, [...MODEL_KINDS])));
  const inputs: ArtifactsByKind = Object.fromEntries(found.map(({ kind, hash }) => [kind, hash]));
  return { runId, ...row, inputs };
}

/** Takes a prediction over; null where it is done. Earlier attempts are refused from now on. */
export async function startPrediction(
  db: Database,
  id: string,
): Promise<{ attempt: number; request: PredictionRequest } | null> {
  const [row] = await db.drizzle
    .update(prediction)
    .set({ status: "running", attempt: sql`${prediction.attempt} + 1` })
    .where(and(eq(prediction.id, id), inArray(prediction.status, ["queued", "running"])))
    .returning();
  if (!row) return null;
  const model = await getModel(db, row.run);
  const request = { ...model, image: predictionInputKey(id), name: row.name };
  return { attempt: row.attempt, request };
}

export async function completePrediction(
  db: Database,
  input: PredictionAttempt & { artifact: string },
): Promise<void> {
  const { artifact } = input;
  await update(db, input, { status: "succeeded", artifact, finishedAt: new Date() });
}

export async function failPrediction(
  db: Database,
  input: PredictionAttempt & { message: string },
): Promise<void> {
  await update(db, input, { status: "failed", error: input.message, finishedAt: new Date() });
}

async function update(
  db: Database,
  { id, attempt }: PredictionAttempt,
  values: Partial<typeof prediction.$inferInsert>,
): Promise<void> {
  const changed = await db.drizzle
    .update(prediction)
    .set(values)
    .where(
      and(eq(prediction.id, id), eq(prediction.attempt, attempt), eq(prediction.status, "running")),
    )
    .returning({ id: prediction.id });
  if (changed.length === 1) return;
  throw new ConflictError(`prediction ${id}: attempt ${attempt} no longer holds it. Stop.`);
}
