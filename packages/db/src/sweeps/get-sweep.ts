import { MASK_STAGES } from "@seedmask/core/contract";
import { asc, desc, eq, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { NotFoundError } from "../errors.ts";
import { datasetVersion, run, sweep, user } from "../schema/index.ts";

/** Last stage that makes masks: a run is judged once its predictions were scored. */
const JUDGED = MASK_STAGES.at(-1)!;

const listed = {
  id: sweep.id,
  title: sweep.title,
  status: sweep.status,
  plan: sweep.plan,
  recipe: sweep.recipe,
  dataset: sweep.dataset,
  datasetName: datasetVersion.dataset,
  datasetVersion: datasetVersion.version,
  ownerName: user.name,
  createdAt: sweep.createdAt,
  finishedAt: sweep.finishedAt,
  points: sql<number>`jsonb_array_length(${sweep.settings})`,
  launched: sweep.next,
  done: sql<number>`(select count(*)::int from ${run}
    where ${run.sweep} = ${sweep.id} and ${run.finishedAt} is not null)`,
  best: sql<number | null>`(select max(${run.meanIou}) from ${run}
    where ${run.sweep} = ${sweep.id} and ${run.meanIouStage} = ${JUDGED})`,
};

export type SweepListRow = Awaited<ReturnType<typeof listSweeps>>[number];

/** Sweeps, newest first. */
export async function listSweeps(db: Database, { limit = 100 }: { limit?: number } = {}) {
  return db.drizzle
    .select(listed)
    .from(sweep)
    .innerJoin(datasetVersion, eq(datasetVersion.hash, sweep.dataset))
    .leftJoin(user, eq(user.id, sweep.owner))
    .orderBy(desc(sweep.createdAt), desc(sweep.id))
    .limit(limit);
}

export type SweepDetail = Awaited<ReturnType<typeof getSweep>>;

/**
 * A sweep with the run of each point that was launched, and how many of its stages were taken over.
 * @throws {NotFoundError} for an unknown id
 */
export async function getSweep(db: Database, id: string) {
  const [found] = await db.drizzle
    .select({ ...listed, settings: sweep.settings, parent: sweep.parent, owner: sweep.owner })
    .from(sweep)
    .innerJoin(datasetVersion, eq(datasetVersion.hash, sweep.dataset))
    .leftJoin(user, eq(user.id, sweep.owner))
    .where(eq(sweep.id, id));
  if (!found) throw new NotFoundError(`sweep ${id}: expected a sweep, found none.`);
  const runs = await db.drizzle
    .select({
      point: run.sweepPoint,
      id: run.id,
      name: run.name,
      status: run.status,
      stage: run.stage,
      /** Of the predictions; null until they were scored. */
      meanIou: sql<
        number | null
      >`case when ${run.meanIouStage} = ${JUDGED} then ${run.meanIou} end`,
      duration: run.duration,
      startedAt: run.startedAt,
      finishedAt: run.finishedAt,
      reused: sql<number>`(select count(*)::int from stage_run s
        where s.run_id = ${run.id} and s.cached)`,
      stages: sql<number>`(select count(*)::int from stage_run s where s.run_id = ${run.id})`,
    })
    .from(run)
    .where(eq(run.sweep, id))
    .orderBy(asc(run.sweepPoint));
  const byPoint = new Map(runs.map((each) => [each.point, each]));
  const { settings, ...facts } = found;
  return {
    ...facts,
    trials: settings.map((setting, point) => ({
      point,
      setting,
      run: byPoint.get(point) ?? null,
    })),
  };
}
