import {
  DatasetError,
  type ValidationReport,
  validationReportSchema,
} from "@seedmask/core/contract";
import { importDataset, previewDataset } from "@seedmask/core/pipeline";
import {
  completeDatasetImport,
  type Database,
  failDatasetImport,
  type ImportJob,
  recordDatasetVersion,
  recordImportProgress,
  startDatasetImport,
  SYSTEM_ACTOR,
} from "@seedmask/db";
import type { Logger } from "pino";
import { keepPreview } from "./keep-preview.ts";
import { type ImportSource, openSource } from "./open-source.ts";

export interface ImportJobContext {
  readonly db: Database;
  readonly home: string;
  readonly log: Logger;
}

/** Least milliseconds between two progress writes. */
const PROGRESS_MILLISECONDS = 500;

function reportOf(error: unknown): ValidationReport | null {
  if (!(error instanceof DatasetError)) return null;
  const parsed = validationReportSchema.safeParse(error.details["report"]);
  return parsed.success ? parsed.data : null;
}

/** Validates a dataset, and imports it unless only that was asked for. */
export async function importDatasetJob(context: ImportJobContext, job: ImportJob): Promise<void> {
  const { db, home, log } = context;
  const started = await startDatasetImport(db, job.importId);
  if (started === null) return;
  const { attempt, request } = started;
  const id = job.importId;
  let saidAt = -Infinity;
  const onProgress = (done: number, total: number): void => {
    const now = performance.now();
    if (now - saidAt < PROGRESS_MILLISECONDS && done < total) return;
    saidAt = now;
    recordImportProgress(db, { id, attempt, done, total }).catch((error: unknown) =>
      log.warn({ id, error }, "import progress not written"),
    );
  };
  const { format, name, path, dryRun, options: formatOptions } = request;
  const options = {
    ...formatOptions,
    ...(format === "auto" || format === "synthetic" ? {} : { format }),
    onProgress,
    signal: job.signal,
  };
  let source: ImportSource | null = null;
  let imported = false;
  try {
    source = await openSource(path, { home, signal: job.signal });
    if (dryRun) {
      const preview = await previewDataset(source.folder, options);
      await keepPreview(home, id, preview);
      await completeDatasetImport(db, { id, attempt, hash: null, report: preview.report });
      return;
    }
    const { manifest, report } = await importDataset(source.folder, { ...options, home, name });
    await recordDatasetVersion(db, { actor: SYSTEM_ACTOR, manifest, report });
    await completeDatasetImport(db, { id, attempt, hash: manifest.hash, report });
    imported = true;
    log.info({ id, dataset: name, hash: manifest.hash }, "dataset imported");
  } catch (error) {
    if (job.signal.aborted) throw error;
    const message = error instanceof Error ? error.message : String(error);
    log.warn({ id, message }, "dataset import failed");
    await failDatasetImport(db, { id, attempt, message, report: reportOf(error) });
  } finally {
    await source?.close({ kept: !imported });
  }
}
