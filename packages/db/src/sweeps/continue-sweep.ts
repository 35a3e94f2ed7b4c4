import { configAt, FINAL_RUN_STATUSES, settingText } from "@seedmask/core/contract";
import { and, count, eq, notInArray, sql } from "drizzle-orm";
import type { Database, Transaction } from "../client.ts";
import { newId } from "../ids.ts";
import { insertRun } from "../runs/create-run.ts";
import { datasetVersion, run, sweep } from "../schema/index.ts";

export type SweepRow = typeof sweep.$inferSelect;

/** Longest title of a run. */
const TITLE_LENGTH = 200;

/** Goes on with the sweep a run is a point of, in the transaction that ends the run. */
export async function continueSweepOf(db: Database, tx: Transaction, runId: string): Promise<void> {
  const [row] = await tx.select({ sweep: run.sweep }).from(run).where(eq(run.id, runId));
  if (!row?.sweep) return;
  const [held] = await tx.select().from(sweep).where(eq(sweep.id, row.sweep)).for("update");
  if (held) await launchPoints(db, tx, held);
}

/**
 * Makes runs of the next points until as many are under way as the plan allows, and ends the sweep
 * after its last. The caller holds the row, so that two runs that end together launch no point twice.
 */
export async function launchPoints(db: Database, tx: Transaction, held: SweepRow): Promise<void> {
  if (held.status !== "running") return;
  const { id, plan, settings } = held;
  const [alive] = await tx
    .select({ runs: count() })
    .from(run)
    .where(and(eq(run.sweep, id), notInArray(run.status, [...FINAL_RUN_STATUSES])));
  const active = alive?.runs ?? 0;
  const end = Math.min(settings.length, held.next + Math.max(0, plan.atOnce - active));
  for (let point = held.next; point < end; point += 1) await launchPoint(db, tx, held, point);
  const over = active === 0 && end === held.next && end === settings.length;
  await tx
    .update(sweep)
    .set({ next: end, ...(over ? { status: "finished", finishedAt: sql`now()` } : {}) })
    .where(eq(sweep.id, id));
}

async function launchPoint(
  db: Database,
  tx: Transaction,
  held: SweepRow,
  point: number,
): Promise<void> {
  const { id, config, dataset, recipe, recipeVersion, parent, codeVersion, owner } = held;
  const setting = held.settings[point]!;
  const [version] = await tx
    .select({ name: datasetVersion.dataset })
    .from(datasetVersion)
    .where(eq(datasetVersion.hash, dataset));
  await insertRun(db, tx, {
    // Points after the first are launched by whichever process ended the run before.
    actor: { id: owner, name: `sweep ${id}`, role: "member" },
    config: configAt(config, setting),
    dataset,
    datasetName: version?.name ?? "dataset",
    recipe:
      recipe !== null && recipeVersion !== null ? { name: recipe, version: recipeVersion } : null,
    title: settingText(setting).slice(0, TITLE_LENGTH),
    parent,
    codeVersion,
    group: newId(),
    sweep: { id, point },
  });
}
