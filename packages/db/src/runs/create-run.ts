import { importOf, plannedStages, type RunConfig, runConfigSchema } from "@seedmask/core/contract";
import { eq, sql } from "drizzle-orm";
import { type Actor, requireRole } from "../actor.ts";
import type { Database, Transaction } from "../client.ts";
import { NotFoundError, PreconditionError } from "../errors.ts";
import { appendEvents } from "../events/append-events.ts";
import { newId } from "../ids.ts";
import { writeAudit } from "../people/audit.ts";
import { datasetVersion, run, stageRun } from "../schema/index.ts";
import { enqueueNextStage } from "./enqueue-stage.ts";

export interface CreateRunInput {
  readonly actor: Actor;
  readonly config: RunConfig;
  /** Hash of the dataset version. */
  readonly dataset: string;
  readonly recipe?: { readonly name: string; readonly version: number } | null;
  readonly title?: string | null;
  readonly tags?: readonly string[];
  /** Run this one was made from. */
  readonly parent?: string | null;
  readonly codeVersion: string;
  /** Higher goes first; default 0. */
  readonly priority?: number;
  /** Runs with seed, seed + 1, … in one group; default 1. */
  readonly repeats?: number;
}

export interface CreatedRun {
  readonly id: string;
  readonly name: string;
}

/**
 * Records runs and puts their first stage into the queue, all or nothing.
 * @throws {NotFoundError} for an unknown dataset version
 */
export async function createRun(db: Database, input: CreateRunInput): Promise<CreatedRun[]> {
  requireRole(input.actor, "member", "create run");
  const config = runConfigSchema.parse(input.config);
  const repeats = input.repeats ?? 1;
  if (!Number.isInteger(repeats) || repeats < 1 || repeats > 100) {
    throw new PreconditionError(`create run: expected 1…100 repeats, got ${repeats}.`);
  }
  return db.drizzle.transaction(async (tx) => {
    const datasetName = await requireSplits(tx, input.dataset, config);
    const created: CreatedRun[] = [];
    const group = newId();
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const seeded = { ...config, seed: config.seed + repeat };
      created.push(await insertRun(db, tx, { ...input, config: seeded, datasetName, group }));
    }
    return created;
  });
}

export interface InsertRunInput extends Omit<CreateRunInput, "repeats"> {
  readonly datasetName: string;
  readonly group: string;
  /** Set where the run is a point of a sweep. */
  readonly sweep?: { readonly id: string; readonly point: number };
}

/** One run with its stages and its first job, in the caller's transaction; nothing is checked. */
export async function insertRun(
  db: Database,
  tx: Transaction,
  input: InsertRunInput,
): Promise<CreatedRun> {
  const { config, actor } = input;
  const id = newId();
  const number = await nextNumber(tx);
  const name = runName(config, input.datasetName, number);
  const priority = input.priority ?? 0;
  await tx.insert(run).values({
    id,
    number,
    name,
    title: input.title ?? null,
    tags: [...(input.tags ?? [])],
    config,
    recipe: input.recipe?.name ?? null,
    recipeVersion: input.recipe?.version ?? null,
    dataset: input.dataset,
    supervision: config.supervision,
    seed: config.seed,
    codeVersion: input.codeVersion,
    parent: input.parent ?? null,
    group: input.group,
    sweep: input.sweep?.id ?? null,
    sweepPoint: input.sweep?.point ?? null,
    owner: actor.id,
    priority,
  });
  await tx
    .insert(stageRun)
    .values(plannedStages(config).map((stage, position) => ({ run: id, stage, position })));
  await enqueueNextStage(db, tx, { id, priority });
  const { dataset, recipe = null, parent = null } = input;
  const details = { before: null, after: { name, dataset, recipe, parent, seed: config.seed } };
  await writeAudit(tx, { actor, action: "run.create", target: { type: "run", id }, details });
  await appendEvents(tx, id, [{ stage: null, type: "status", data: { status: "queued" } }]);
  return { id, name };
}

/** Name of the dataset, once it is sure that it has the splits the config speaks of. */
export async function requireSplits(
  tx: Transaction,
  hash: string,
  config: RunConfig,
): Promise<string> {
  const [version] = await tx
    .select({ name: datasetVersion.dataset, splits: datasetVersion.splits })
    .from(datasetVersion)
    .where(eq(datasetVersion.hash, hash));
  if (!version) {
    throw new NotFoundError(
      `create run: expected a dataset version ${hash.slice(0, 12)}, found none. Import it first.`,
    );
  }
  for (const split of [config.trainSplit, config.evaluationSplit]) {
    if (version.splits[split]) continue;
    throw new PreconditionError(
      `create run: expected a split ${split} in dataset ${version.name}, ` +
        `found ${Object.keys(version.splits).join(", ")}. Choose one of these.`,
    );
  }
  return version.name;
}

async function nextNumber(tx: Transaction): Promise<number> {
  const { rows } = await tx.execute<{ number: string }>(
    sql`select nextval(pg_get_serial_sequence('run', 'number')) as number`,
  );
  return Number(rows[0]!.number);
}

/** e.g. `cam-tiny-shapes-0042` */
function runName(config: RunConfig, dataset: string, number: number): string {
  const made = importOf(config) === null ? config.seeds.method : "imported";
  const method = config.supervision === "masks" ? "supervised" : made;
  return `${method}-${config.backbone.name}-${dataset}-${String(number).padStart(4, "0")}`;
}
