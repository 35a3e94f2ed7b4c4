import { asc, eq, inArray } from "drizzle-orm";
import type { Database } from "../client.ts";
import { NotFoundError } from "../errors.ts";
import { listEvaluations } from "../evaluations/list-evaluations.ts";
import { listJobs } from "../queue/list-jobs.ts";
import { datasetVersion, run, stageArtifact, stageRun, user } from "../schema/index.ts";

export type RunDetail = Awaited<ReturnType<typeof getRun>>;
export type StageRow = RunDetail["stages"][number];

/**
 * All that the page of a run shows first: its stages with outputs, its evaluations, its siblings.
 * @throws {NotFoundError} for an unknown id
 */
export async function getRun(db: Database, id: string) {
  const [found] = await db.drizzle
    .select({ run, dataset: datasetVersion, owner: { id: user.id, name: user.name } })
    .from(run)
    .innerJoin(datasetVersion, eq(datasetVersion.hash, run.dataset))
    .leftJoin(user, eq(user.id, run.owner))
    .where(eq(run.id, id));
  if (!found) {
    throw new NotFoundError(`run ${id}: expected a run, found none. It may have been deleted.`);
  }
  const [stages, evaluations, members, queuePosition] = await Promise.all([
    readStages(db, id),
    listEvaluations(db, id),
    readGroup(db, found.run.group),
    positionOf(db, found.run),
  ]);
  const { group, recipe, recipeVersion } = found.run;
  const { hash, dataset: name, version, classes, splits } = found.dataset;
  return {
    ...found.run,
    recipe: recipe === null ? null : { name: recipe, version: recipeVersion ?? 1 },
    dataset: { hash, name, version, classes, splits },
    owner: found.owner,
    group: { id: group, members },
    queuePosition,
    stages,
    evaluations,
  };
}

const stageColumns = {
  stage: stageRun.stage,
  position: stageRun.position,
  status: stageRun.status,
  attempt: stageRun.attempt,
  worker: stageRun.worker,
  cached: stageRun.cached,
  cacheKey: stageRun.cacheKey,
  seconds: stageRun.seconds,
  peakMemoryBytes: stageRun.peakMemoryBytes,
  metrics: stageRun.metrics,
  progress: stageRun.progress,
  error: stageRun.error,
  startedAt: stageRun.startedAt,
  finishedAt: stageRun.finishedAt,
};

async function readStages(db: Database, runId: string) {
  const [stages, outputs] = await Promise.all([
    db.drizzle
      .select(stageColumns)
      .from(stageRun)
      .where(eq(stageRun.run, runId))
      .orderBy(asc(stageRun.position)),
    db.drizzle
      .select({
        stage: stageArtifact.stage,
        kind: stageArtifact.kind,
        hash: stageArtifact.artifact,
      })
      .from(stageArtifact)
      .where(eq(stageArtifact.run, runId)),
  ]);
  return stages.map((stage) => ({
    ...stage,
    outputs: outputs
      .filter((output) => output.stage === stage.stage)
      .map(({ kind, hash }) => ({ kind, hash })),
  }));
}

async function readGroup(db: Database, group: string) {
  return db.drizzle
    .select({
      id: run.id,
      name: run.name,
      seed: run.seed,
      status: run.status,
      meanIou: run.meanIou,
    })
    .from(run)
    .where(eq(run.group, group))
    .orderBy(asc(run.seed));
}

async function positionOf(
  db: Database,
  { id, status }: Pick<typeof run.$inferSelect, "id" | "status">,
): Promise<number | null> {
  if (status !== "queued" && status !== "starting") return null;
  const [job] = await listJobs(db, id);
  return job?.position ?? null;
}

export interface RunStatusRow {
  readonly id: string;
  readonly status: typeof run.$inferSelect.status;
  readonly stage: typeof run.$inferSelect.stage;
}

/** The status of a few runs and nothing else. */
export async function getRunStatuses(
  db: Database,
  ids: readonly string[],
): Promise<RunStatusRow[]> {
  return db.drizzle
    .select({ id: run.id, status: run.status, stage: run.stage })
    .from(run)
    .where(inArray(run.id, [...ids]));
}
