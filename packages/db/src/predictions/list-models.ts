import { MODEL_KINDS, type ModelKind } from "@seedmask/core/contract";
import { countDistinct, desc, eq, inArray, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { datasetVersion, run, stageArtifact } from "../schema/index.ts";

export interface ModelRow {
  readonly runId: string;
  readonly runName: string;
  readonly title: string | null;
  readonly dataset: string;
  readonly datasetName: string;
  readonly datasetVersion: number;
  readonly classes: readonly string[];
  readonly method: string;
  readonly backbone: string;
  readonly meanIou: number | null;
  readonly createdAt: Date;
  /** Kind → hash of each network the run has trained. */
  readonly checkpoints: Readonly<Partial<Record<ModelKind, string>>>;
}

const SHOWN = 200;

/**
 * Runs that have trained a network, newest first; `total` counts those beyond the first 200 too.
 *
 * asked  a run that is among the rows however old it is, if it has trained one
 */
export async function listModels(
  db: Database,
  { asked = "" }: { asked?: string | undefined } = {},
): Promise<{ rows: ModelRow[]; total: number }> {
  const checkpoints = sql<
    ModelRow["checkpoints"]
  >`jsonb_object_agg(${stageArtifact.kind}, ${stageArtifact.artifact})`;
  const rows = await db.drizzle
    .select({
      runId: run.id,
      runName: run.name,
      title: run.title,
      dataset: run.dataset,
      datasetName: datasetVersion.dataset,
      datasetVersion: datasetVersion.version,
      classes: datasetVersion.classes,
      method: sql<string>`${run.config} -> 'seeds' ->> 'method'`,
      backbone: sql<string>`${run.config} -> 'backbone' ->> 'name'`,
      meanIou: run.meanIou,
      createdAt: run.createdAt,
      checkpoints,
    })
    .from(run)
    .innerJoin(datasetVersion, eq(datasetVersion.hash, run.dataset))
    .innerJoin(stageArtifact, eq(stageArtifact.run, run.id))
    .where(inArray(stageArtifact.kind, [...MODEL_KINDS]))
    .groupBy(run.id, datasetVersion.hash)
    .orderBy(desc(eq(run.id, asked)), desc(run.createdAt))
    .limit(SHOWN);
  const [counted] = await db.drizzle
    .select({ total: countDistinct(stageArtifact.run) })
    .from(stageArtifact)
    .where(inArray(stageArtifact.kind, [...MODEL_KINDS]));
  return {
    rows: rows.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime()),
    total: counted?.total ?? 0,
  };
}
