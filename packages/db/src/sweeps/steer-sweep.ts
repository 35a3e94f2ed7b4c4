import { FINAL_RUN_STATUSES, type SweepStatus } from "@seedmask/core/contract";
import { and, eq, notInArray, sql } from "drizzle-orm";
import { type Actor, requireOwner } from "../actor.ts";
import type { Database, Transaction } from "../client.ts";
import { NotFoundError, PreconditionError } from "../errors.ts";
import { writeAudit } from "../people/audit.ts";
import { cancelRun } from "../runs/cancel-run.ts";
import { run, sweep } from "../schema/index.ts";
import { launchPoints, type SweepRow } from "./continue-sweep.ts";

interface SteerInput {
  readonly actor: Actor;
  readonly sweepId: string;
}

/** Launches no further point; runs under way go on to their end. */
export const pauseSweep = (db: Database, input: SteerInput): Promise<void> =>
  steer(db, input, { action: "pause", from: ["running"], to: "paused" });

/** Goes on at the next point. */
export const resumeSweep = (db: Database, input: SteerInput): Promise<void> =>
  steer(db, input, { action: "resume", from: ["paused"], to: "running" });

/** Launches no further point and stops the runs under way; what they have computed is kept. */
export async function cancelSweep(db: Database, input: SteerInput): Promise<void> {
  await steer(db, input, { action: "cancel", from: ["running", "paused"], to: "cancelled" });
  const alive = await db.drizzle
    .select({ id: run.id })
    .from(run)
    .where(and(eq(run.sweep, input.sweepId), notInArray(run.status, [...FINAL_RUN_STATUSES])));
  // Each in a transaction of its own: a run is always locked before the sweep it belongs to.
  for (const { id } of alive) await cancelRun(db, { actor: input.actor, runId: id });
}

interface Change {
  readonly action: "pause" | "resume" | "cancel";
  readonly from: readonly SweepStatus[];
  readonly to: SweepStatus;
}

async function lockSweep(tx: Transaction, sweepId: string): Promise<SweepRow> {
  const [held] = await tx.select().from(sweep).where(eq(sweep.id, sweepId)).for("update");
  if (held) return held;
  throw new NotFoundError(`sweep ${sweepId}: expected a sweep, found none.`);
}

async function steer(db: Database, { actor, sweepId }: SteerInput, change: Change): Promise<void> {
  const { action, from, to } = change;
  await db.drizzle.transaction(async (tx) => {
    const held = await lockSweep(tx, sweepId);
    requireOwner(actor, held.owner, `${action} sweep`);
    if (held.status === to) return;
    if (!from.includes(held.status)) {
      throw new PreconditionError(
        `${action} sweep: expected one that is ${from.join(" or ")}, got ${held.status}.`,
      );
    }
    const finishedAt = to === "cancelled" ? sql`now()` : null;
    await tx.update(sweep).set({ status: to, finishedAt }).where(eq(sweep.id, sweepId));
    const details = { before: { status: held.status }, after: { status: to } };
    const target = { type: "sweep", id: sweepId };
    await writeAudit(tx, { actor, action: `sweep.${action}`, target, details });
    await launchPoints(db, tx, { ...held, status: to });
  });
}
