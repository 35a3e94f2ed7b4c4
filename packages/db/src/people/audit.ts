import { and, desc, eq, like, lt } from "drizzle-orm";
import type { Actor } from "../actor.ts";
import type { Database, Executor } from "../client.ts";
import { decodeCursor, type Page, toPage } from "../page.ts";
import { auditLog } from "../schema/index.ts";

export interface AuditInput {
  readonly actor: Actor;
  /** e.g. `run.cancel` */
  readonly action: string;
  readonly target: { readonly type: string; readonly id: string };
  readonly details?: Record<string, unknown>;
}

/** The line of the audit log that belongs to the change in the same transaction. */
export async function writeAudit(tx: Executor, input: AuditInput): Promise<void> {
  const { actor, action, target, details = {} } = input;
  await tx.insert(auditLog).values({
    actorId: actor.id,
    actorName: actor.name,
    action,
    targetType: target.type,
    targetId: target.id,
    details,
  });
}

/** For actions that have no verb of their own here, such as signing in. */
export const recordAudit = (db: Database, input: AuditInput): Promise<void> =>
  writeAudit(db.drizzle, input);

export type AuditRow = typeof auditLog.$inferSelect;

export interface ListAuditInput {
  readonly target?: { readonly type: string; readonly id?: string };
  readonly actorId?: string;
  /** e.g. `run.cancel`, or the beginning of it: `run.` */
  readonly action?: string;
  readonly limit?: number;
  readonly cursor?: string;
}

/** Newest first. */
export async function listAudit(db: Database, input: ListAuditInput = {}): Promise<Page<AuditRow>> {
  const { target, actorId, action, limit = 100, cursor } = input;
  const rows = await db.drizzle
    .select()
    .from(auditLog)
    .where(
      and(
        target ? eq(auditLog.targetType, target.type) : undefined,
        target?.id === undefined ? undefined : eq(auditLog.targetId, target.id),
        actorId === undefined ? undefined : eq(auditLog.actorId, actorId),
        action === undefined
          ? undefined
          : like(auditLog.action, `${action.replace(/[%_\\]/g, "")}%`),
        cursor === undefined ? undefined : lt(auditLog.id, Number(decodeCursor(cursor)[0])),
      ),
    )
    .orderBy(desc(auditLog.id))
    .limit(limit + 1);
  return toPage(rows, limit, (row) => [row.id]);
}
