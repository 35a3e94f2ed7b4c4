import { type ArtifactKind, runConfigSchema, type StageName } from "@seedmask/core/contract";
import { stageNamed } from "@seedmask/core/plan";
import { and, asc, eq, inArray } from "drizzle-orm";
import type { Database } from "../client.ts";
import { NotFoundError } from "../errors.ts";
import { datasetVersion, run, stageArtifact, stageRun } from "../schema/index.ts";

export interface RunName {
  readonly id: string;
  readonly name: string;
}

export interface LineageArtifact {
  readonly hash: string;
  readonly kind: ArtifactKind;
  /** Stage of this run that yielded it. */
  readonly stage: StageName;
  /** True where the stage took it over. */
  readonly cached: boolean;
  /** The run that computed it; null where that one was deleted. */
  readonly madeBy: RunName | null;
  /** Other runs that have it too, oldest first. */
  readonly sharedWith: RunName[];
}

export interface LineageStage {
  readonly stage: StageName;
  /** Kinds of artefact it takes, as its config has it. */
  readonly reads: readonly ArtifactKind[];
  /** Stages of this run that make them. */
  readonly from: readonly StageName[];
}

export interface RunLineage {
  readonly dataset: { readonly hash: string; readonly name: string; readonly version: number };
  /** Pretrained weights it starts from. */
  readonly weights: string | null;
  readonly parent: RunName | null;
  readonly children: RunName[];
  readonly stages: LineageStage[];
  readonly artifacts: LineageArtifact[];
}

/**
 * Where everything a run has came from, and where it went.
 * @throws {NotFoundError} for an unknown id
 */
export async function runLineage(db: Database, runId: string): Promise<RunLineage> {
  const [found] = await db.drizzle
    .select({
      config: run.config,
      parent: run.parent,
      dataset: {
        hash: datasetVersion.hash,
        name: datasetVersion.dataset,
        version: datasetVersion.version,
      },
    })
    .from(run)
    .innerJoin(datasetVersion, eq(datasetVersion.hash, run.dataset))
    .where(eq(run.id, runId));
  if (!found) {
    throw new NotFoundError(`lineage: expected a run ${runId}, found none. It may be deleted.`);
  }
  const { parent, dataset } = found;
  // A run may be older than some fields; the schema knows what they meant then.
  const config = runConfigSchema.safeParse(found.config).data ?? found.config;
  const named = { id: run.id, name: run.name };
  const [parents, children, stages, artifacts] = await Promise.all([
    parent === null ? [] : db.drizzle.select(named).from(run).where(eq(run.id, parent)),
    db.drizzle.select(named).from(run).where(eq(run.parent, runId)).orderBy(asc(run.createdAt)),
    db.drizzle
      .select({ stage: stageRun.stage })
      .from(stageRun)
      .where(eq(stageRun.run, runId))
      .orderBy(asc(stageRun.position)),
    artifactsOf(db, runId),
  ]);
  return {
    dataset,
    weights: config.backbone.weights,
    parent: parents[0] ?? null,
    children,
    stages: stages.map(({ stage }) => {
      const reads = stageNamed(stage).reads(config);
      const makers = stages.filter((other) =>
        stageNamed(other.stage)
          .writes(config)
          .some((kind) => reads.includes(kind)),
      );
      return { stage, reads, from: makers.map((maker) => maker.stage) };
    }),
    artifacts,
  };
}

async function artifactsOf(db: Database, runId: string): Promise<LineageArtifact[]> {
  const own = await yieldsWhere(db, eq(stageArtifact.run, runId));
  if (own.length === 0) return [];
  const hashes = [...new Set(own.map(({ hash }) => hash))];
  const all = await yieldsWhere(db, inArray(stageArtifact.artifact, hashes));
  return own.map(({ hash, kind, stage, cached }) => {
    const holders = all.filter((each) => each.hash === hash);
    return {
      hash,
      kind,
      stage,
      cached,
      madeBy: holders.find((each) => !each.cached)?.run ?? null,
      sharedWith: holders.filter((each) => each.run.id !== runId).map((each) => each.run),
    };
  });
}

const yieldsWhere = (db: Database, condition: ReturnType<typeof eq>) =>
  db.drizzle
    .select({
      hash: stageArtifact.artifact,
      kind: stageArtifact.kind,
      stage: stageArtifact.stage,
      cached: stageRun.cached,
      run: { id: run.id, name: run.name },
    })
    .from(stageArtifact)
    .innerJoin(
      stageRun,
      and(eq(stageRun.run, stageArtifact.run), eq(stageRun.stage, stageArtifact.stage)),
    )
    .innerJoin(run, eq(run.id, stageArtifact.run))
    .where(condition)
    .orderBy(asc(run.createdAt), asc(stageRun.position), asc(stageArtifact.kind));
