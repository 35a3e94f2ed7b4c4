import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { eq, sql } from "drizzle-orm";
import type { Transaction } from "../../client.ts";
import { ConflictError, PreconditionError } from "../../errors.ts";
import {
  metricPoint,
  run,
  runEvent,
  stageArtifact,
  stageEvaluation,
  stageRun,
  user,
} from "../../schema/index.ts";
import { logRecordSchema, type RunRecord } from "./format.ts";

const moment = (text: string | null): Date | null => (text === null ? null : new Date(text));

/**
 * Whether a run of this id is there. Runs are immutable once they have ended, so an equal config and
 * moment of birth make it the same one.
 * @throws {ConflictError} where another run has the id
 */
export async function isKnownRun(tx: Transaction, record: RunRecord): Promise<boolean> {
  const [known] = await tx
    .select({ name: run.name, createdAt: run.createdAt, dataset: run.dataset })
    .from(run)
    .where(eq(run.id, record.id));
  if (!known) return false;
  const same =
    known.name === record.name &&
    known.dataset === record.dataset &&
    known.createdAt.toISOString() === record.createdAt;
  if (same) return true;
  throw new ConflictError(
    `import project: expected no other run ${record.id}, found ${known.name}. Import into another data home.`,
  );
}

/** A run with its stages, outputs and curves; its evaluations and artefacts are there already. */
export async function recordRun(
  tx: Transaction,
  record: RunRecord,
  /** Ids of the recorded evaluations by the key they have in the archive. */
  known: ReadonlyMap<string, number>,
): Promise<void> {
  const { stages, curves, owner, createdAt, startedAt, finishedAt, ...facts } = record;
  const [member] =
    owner === null ? [] : await tx.select({ id: user.id }).from(user).where(eq(user.email, owner));
  await tx.insert(run).values({
    ...facts,
    supervision: record.config.supervision,
    owner: member?.id ?? null,
    createdAt: new Date(createdAt),
    startedAt: moment(startedAt),
    finishedAt: moment(finishedAt),
  });
  for (const stage of stages) await recordStage(tx, record.id, stage, known);
  for (const { stage, name, steps, values } of curves) {
    await tx.execute(sql`
      insert into ${metricPoint} (run_id, stage, name, step, value)
      select ${record.id}, ${stage}, ${name}, *
      from unnest(${sql.param(steps)}::int[], ${sql.param(values)}::float8[])`);
  }
}

async function recordStage(
  tx: Transaction,
  id: string,
  { outputs, evaluations, startedAt, finishedAt, ...stage }: RunRecord["stages"][number],
  known: ReadonlyMap<string, number>,
): Promise<void> {
  const times = { startedAt: moment(startedAt), finishedAt: moment(finishedAt) };
  await tx.insert(stageRun).values({ run: id, ...stage, ...times });
  for (const { kind, hash } of outputs) {
    await tx.insert(stageArtifact).values({ run: id, stage: stage.stage, kind, artifact: hash });
  }
  for (const key of evaluations) {
    const evaluation = known.get(key);
    if (evaluation === undefined) {
      throw new PreconditionError(
        `import project: run ${id} speaks of an evaluation that is not in the archive. Export it again.`,
      );
    }
    const link = { run: id, stage: stage.stage, evaluation };
    await tx.insert(stageEvaluation).values(link).onConflictDoNothing();
  }
}

const LINES_A_STATEMENT = 1000;

/** The log of a run from a file of JSON lines, a thousand at a time. */
export async function recordLog(tx: Transaction, runId: string, path: string): Promise<void> {
  let batch: (typeof runEvent.$inferInsert)[] = [];
  const flush = async (): Promise<void> => {
    if (batch.length > 0) await tx.insert(runEvent).values(batch);
    batch = [];
  };
  for await (const text of createInterface({ input: createReadStream(path) })) {
    const { at, ...line } = logRecordSchema.parse(JSON.parse(text));
    batch.push({ run: runId, type: "log", at: new Date(at), ...line });
    if (batch.length === LINES_A_STATEMENT) await flush();
  }
  await flush();
}
