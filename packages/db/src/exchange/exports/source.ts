import type { ArtifactKind, StageName } from "@seedmask/core/contract";
import { type Database, getRun, NotFoundError, type RunDetail } from "../../index.ts";
import type { Disk } from "flydrive";

/** Where an export reads from. */
export interface ExportSource {
  readonly db: Database;
  /** Data home. */
  readonly files: Disk;
}

export interface ExportRequest {
  readonly runId: string;
  readonly stage: StageName;
}

export const MASK_KINDS: ReadonlySet<ArtifactKind> = new Set([
  "seed",
  "refined-seed",
  "pseudo-mask",
  "prediction",
]);

export interface MaskStage {
  readonly run: RunDetail;
  /** Artefact whose masks are exported. */
  readonly artifact: string;
}

/**
 * The masks a stage of a run made.
 * @throws {NotFoundError} where the stage made none, or has not yet
 */
export async function findMasks(
  { db }: ExportSource,
  { runId, stage }: ExportRequest,
): Promise<MaskStage> {
  const run = await getRun(db, runId);
  const outputs = run.stages.find((each) => each.stage === stage)?.outputs ?? [];
  const found = outputs.find(({ kind }) => MASK_KINDS.has(kind));
  if (found) return { run, artifact: found.hash };
  const stages = run.stages
    .filter((each) => each.outputs.some(({ kind }) => MASK_KINDS.has(kind)))
    .map((each) => each.stage);
  throw new NotFoundError(
    `export: expected masks of ${stage} in run ${run.name}, found none. ` +
      `Stages with masks: ${stages.join(", ") || "none yet"}.`,
  );
}
