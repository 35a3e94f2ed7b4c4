import { FINAL_RUN_STATUSES, type RunConfig } from "@seedmask/core/contract";
import { eq } from "drizzle-orm";
import { type Actor, requireOwner } from "../actor.ts";
import type { Database } from "../client.ts";
import { PreconditionError } from "../errors.ts";
import { writeAudit } from "../people/audit.ts";
import { run } from "../schema/index.ts";
import { type CreatedRun, createRun } from "./create-run.ts";
import { lockRun } from "./lock-run.ts";

interface RunAction {
  readonly actor: Actor;
  readonly runId: string;
}

/** Gives a run a title; an empty one takes it away and the name shows again. */
export async function renameRun(
  db: Database,
  { actor, runId, title }: RunAction & { title: string },
): Promise<void> {
  await db.drizzle.transaction(async (tx) => {
    const row = await lockRun(tx, runId);
    requireOwner(actor, row.owner, "rename run");
    const after = { title: title.trim() || null };
    await tx.update(run).set(after).where(eq(run.id, runId));
    const details = { name: row.name, before: { title: row.title }, after };
    const target = { type: "run", id: runId };
    await writeAudit(tx, { actor, action: "run.rename", target, details });
  });
}

/** Adds and removes tags; returns what the run has then, sorted. */
export async function tagRun(
  db: Database,
  { actor, runId, add = [], remove = [] }: RunAction & { add?: string[]; remove?: string[] },
): Promise<string[]> {
  return db.drizzle.transaction(async (tx) => {
    const row = await lockRun(tx, runId);
    requireOwner(actor, row.owner, "tag run");
    const kept = new Set([...row.tags, ...add.map((tag) => tag.trim())]);
    for (const tag of ["", ...remove]) kept.delete(tag);
    const tags = [...kept].toSorted();
    await tx.update(run).set({ tags }).where(eq(run.id, runId));
    const details = { name: row.name, before: { tags: row.tags }, after: { tags } };
    const target = { type: "run", id: runId };
    await writeAudit(tx, { actor, action: "run.tag", target, details });
    return tags;
  });
}

/** Removes a run that has ended. Artefacts and evaluations that others share stay. */
export async function deleteRun(db: Database, { actor, runId }: RunAction): Promise<void> {
  await db.drizzle.transaction(async (tx) => {
    const row = await lockRun(tx, runId);
    requireOwner(actor, row.owner, "delete run");
    if (!FINAL_RUN_STATUSES.includes(row.status)) {
      throw new PreconditionError(
        `delete run: expected a run that has ended, got ${row.status}. Cancel it first.`,
      );
    }
    await tx.delete(run).where(eq(run.id, runId));
    const target = { type: "run", id: runId };
    const { name, title, tags, status, dataset, config } = row;
    const details = { before: { name, title, tags, status, dataset, config }, after: null };
    await writeAudit(tx, { actor, action: "run.delete", target, details });
  });
}

/** A new run of the same config and dataset, with what the caller changes. */
export async function duplicateRun(
  db: Database,
  input: RunAction & { config?: RunConfig; codeVersion?: string },
): Promise<CreatedRun> {
  const source = await db.drizzle.transaction((tx) => lockRun(tx, input.runId));
  const { recipe, recipeVersion } = source;
  const [created] = await createRun(db, {
    actor: input.actor,
    config: input.config ?? source.config,
    dataset: source.dataset,
    recipe:
      recipe !== null && recipeVersion !== null ? { name: recipe, version: recipeVersion } : null,
    tags: source.tags,
    parent: source.id,
    codeVersion: input.codeVersion ?? source.codeVersion,
    priority: source.priority,
  });
  return created!;
}
