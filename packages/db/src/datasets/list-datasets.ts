import { asc, desc, eq, or, sql } from "drizzle-orm";
import { type Actor, requireRole } from "../actor.ts";
import type { Database } from "../client.ts";
import { ConflictError, NotFoundError } from "../errors.ts";
import { writeAudit } from "../people/audit.ts";
import { dataset, datasetVersion, run } from "../schema/index.ts";

const runs = sql<number>`(select count(*)::int from ${run} where ${run.dataset} = ${datasetVersion.hash})`;

const summary = {
  hash: datasetVersion.hash,
  name: datasetVersion.dataset,
  version: datasetVersion.version,
  format: datasetVersion.format,
  labelSource: datasetVersion.labelSource,
  classes: datasetVersion.classes,
  images: datasetVersion.images,
  masks: datasetVersion.masks,
  splits: datasetVersion.splits,
  createdAt: datasetVersion.createdAt,
  runs,
};

export type DatasetVersionSummary = Awaited<ReturnType<typeof listDatasetVersions>>[number];
export type DatasetVersion = Awaited<ReturnType<typeof getDatasetVersion>>;

/** The newest version of every dataset, by name. */
export async function listDatasets(db: Database) {
  return db.drizzle
    .selectDistinctOn([datasetVersion.dataset], {
      ...summary,
      versions: sql<number>`count(*) over (partition by ${datasetVersion.dataset})::int`,
      findings: sql<number>`jsonb_array_length(${datasetVersion.report} -> 'findings')`,
    })
    .from(datasetVersion)
    .orderBy(asc(datasetVersion.dataset), desc(datasetVersion.version));
}

/** All versions of a dataset, newest first. */
export async function listDatasetVersions(db: Database, name: string) {
  return db.drizzle
    .select(summary)
    .from(datasetVersion)
    .where(eq(datasetVersion.dataset, name))
    .orderBy(desc(datasetVersion.version));
}

/**
 * A version by its hash, or the newest one of a name.
 * @throws {NotFoundError} where there is neither
 */
export async function getDatasetVersion(db: Database, hashOrName: string) {
  const [found] = await db.drizzle
    .select({ ...summary, report: datasetVersion.report })
    .from(datasetVersion)
    .where(or(eq(datasetVersion.hash, hashOrName), eq(datasetVersion.dataset, hashOrName)))
    .orderBy(desc(datasetVersion.version))
    .limit(1);
  if (found) return found;
  throw new NotFoundError(
    `dataset ${hashOrName}: expected a name or a hash, found none. Import it, or list what there is.`,
  );
}

/** Forgets a version that no run was made from. Its files are the caller's to remove. */
export async function deleteDatasetVersion(
  db: Database,
  { actor, hash }: { actor: Actor; hash: string },
): Promise<void> {
  requireRole(actor, "maintainer", "delete dataset");
  const version = await getDatasetVersion(db, hash);
  if (version.runs > 0) {
    throw new ConflictError(
      `delete dataset: ${version.runs} runs use ${version.name} v${version.version}. Delete them first.`,
    );
  }
  await db.drizzle.transaction(async (tx) => {
    await tx.delete(datasetVersion).where(eq(datasetVersion.hash, hash));
    const rest = sql`not exists (select 1 from dataset_version where dataset = ${dataset.name})`;
    await tx.delete(dataset).where(sql`${dataset.name} = ${version.name} and ${rest}`);
    const { name, version: number, images } = version;
    const details = { before: { name, version: number, images }, after: null };
    const target = { type: "dataset", id: hash };
    await writeAudit(tx, { actor, action: "dataset.delete", target, details });
  });
}
