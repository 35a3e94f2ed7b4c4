import type { DatasetManifest, ValidationReport } from "@seedmask/core/contract";
import { eq, sql } from "drizzle-orm";
import { type Actor, requireRole } from "../actor.ts";
import type { Database, Transaction } from "../client.ts";
import { writeAudit } from "../people/audit.ts";
import { dataset, datasetVersion, image } from "../schema/index.ts";

export interface RecordDatasetVersionInput {
  readonly actor: Actor;
  readonly manifest: DatasetManifest;
  readonly report: ValidationReport;
}

export interface RecordedDatasetVersion {
  readonly dataset: string;
  readonly hash: string;
  readonly version: number;
  /** False where these very contents were known, under whatever name. */
  readonly created: boolean;
}

/** Makes an imported dataset known, images and all; a no-op for contents that are known. */
export async function recordDatasetVersion(
  db: Database,
  input: RecordDatasetVersionInput,
): Promise<RecordedDatasetVersion> {
  requireRole(input.actor, "maintainer", "import dataset");
  return db.drizzle.transaction((tx) => insertDatasetVersion(tx, input));
}

/** The same as part of a caller's transaction. */
export async function insertDatasetVersion(
  tx: Transaction,
  { actor, manifest, report }: RecordDatasetVersionInput,
): Promise<RecordedDatasetVersion> {
  const { hash, name, images } = manifest;
  await tx.insert(dataset).values({ name }).onConflictDoNothing();
  await tx.select().from(dataset).where(eq(dataset.name, name)).for("update");
  const [known] = await tx.select().from(datasetVersion).where(eq(datasetVersion.hash, hash));
  if (known) return { dataset: known.dataset, hash, version: known.version, created: false };

  const next = sql<number>`(select coalesce(max(version), 0) + 1 from dataset_version where dataset = ${name})`;
  const [created] = await tx
    .insert(datasetVersion)
    .values({
      hash,
      dataset: name,
      version: next,
      format: manifest.format,
      labelSource: manifest.labelSource,
      classes: manifest.classes,
      images: images.length,
      masks: images.filter(({ mask }) => mask !== null).length,
      splits: countBy(images.map(({ split }) => split)),
      report,
      importedBy: actor.id,
    })
    .returning({ version: datasetVersion.version });
  await insertImages(tx, manifest);
  const target = { type: "dataset", id: hash };
  const after = { name, version: created!.version, images: images.length };
  const details = { before: null, after };
  await writeAudit(tx, { actor, action: "dataset.import", target, details });
  return { dataset: name, hash, version: created!.version, created: true };
}

const countBy = (words: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
};

/** PostgreSQL takes at most 65,535 parameters a statement. */
const IMAGES_A_STATEMENT = 5000;

async function insertImages(tx: Transaction, { hash, images }: DatasetManifest): Promise<void> {
  for (let start = 0; start < images.length; start += IMAGES_A_STATEMENT) {
    await tx.insert(image).values(
      images.slice(start, start + IMAGES_A_STATEMENT).map((entry, offset) => ({
        dataset: hash,
        idx: start + offset,
        key: entry.key,
        name: entry.id,
        split: entry.split,
        width: entry.width,
        height: entry.height,
        labels: entry.labels,
        hasMask: entry.mask !== null,
      })),
    );
  }
}
