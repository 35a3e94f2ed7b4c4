import type { ArtifactsByKind, RunConfig, StageName } from "@seedmask/core/contract";
import { cacheKeyOf, stageNamed } from "@seedmask/core/plan";
import { and, desc, eq, inArray } from "drizzle-orm";
import type { Database } from "../client.ts";
import { run, stageArtifact, stageRun } from "../schema/index.ts";

/** The run whose result a stage would take over. */
export interface ReusedFrom {
  readonly id: string;
  readonly name: string;
}

export interface ReuseQuestion {
  readonly config: RunConfig;
  readonly dataset: string;
  readonly stages: readonly StageName[];
  /** Hash of the pretrained weights the config names; null where it names none. */
  readonly weights: string | null;
}

/**
 * Which stages have been computed before, by the very key the worker will ask its cache for. A stage
 * whose inputs are not there yet has no key, so it runs.
 */
export async function findReuse(
  db: Database,
  { config, dataset, stages, weights }: ReuseQuestion,
): Promise<Map<StageName, ReusedFrom>> {
  const found = new Map<StageName, ReusedFrom>();
  const known: ArtifactsByKind = {};
  for (const name of stages) {
    const stage = stageNamed(name);
    if (stage.reads(config).some((kind) => known[kind] === undefined)) continue;
    const question = { stage, config, dataset, inputs: known, limit: null, weights };
    const from = await runWithKey(db, cacheKeyOf(question));
    if (!from) continue;
    found.set(name, from);
    Object.assign(known, await outputsOf(db, from.id, name));
  }
  return found;
}

async function runWithKey(db: Database, cacheKey: string): Promise<ReusedFrom | undefined> {
  const [row] = await db.drizzle
    .select({ id: run.id, name: run.name })
    .from(stageRun)
    .innerJoin(run, eq(run.id, stageRun.run))
    .where(and(eq(stageRun.cacheKey, cacheKey), inArray(stageRun.status, ["succeeded", "cached"])))
    .orderBy(desc(stageRun.finishedAt))
    .limit(1);
  return row;
}

async function outputsOf(db: Database, runId: string, stage: StageName): Promise<ArtifactsByKind> {
  const rows = await db.drizzle
    .select({ kind: stageArtifact.kind, artifact: stageArtifact.artifact })
    .from(stageArtifact)
    .where(and(eq(stageArtifact.run, runId), eq(stageArtifact.stage, stage)));
  return Object.fromEntries(rows.map(({ kind, artifact }) => [kind, artifact]));
}
