import {
  DELIVER_WEBHOOK_QUEUE,
  type DeliverWebhookJob,
  type DeliveryEvent,
  type RunStatus,
  type WebhookEvent,
} from "@seedmask/core/contract";
import { and, desc, eq, inArray, lt, sql } from "drizzle-orm";
import { type Actor, requireRole } from "../actor.ts";
import type { Database, Transaction } from "../client.ts";
import { NotFoundError } from "../errors.ts";
import { decodeCursor, type Page, toPage } from "../page.ts";
import { run, webhook, webhookDelivery } from "../schema/index.ts";

const EVENT_OF: Readonly<Partial<Record<RunStatus, WebhookEvent>>> = {
  succeeded: "run.succeeded",
  failed: "run.failed",
  lost: "run.failed",
  cancelled: "run.cancelled",
};

/** Puts a message about an ended run into the queue, once for each address that listens. */
export async function announceRun(db: Database, tx: Transaction, runId: string): Promise<void> {
  const [row] = await tx.select().from(run).where(eq(run.id, runId));
  const event = row && EVENT_OF[row.status];
  if (!row || !event) return;
  const listening = await tx
    .select({ id: webhook.id })
    .from(webhook)
    .where(and(eq(webhook.enabled, true), sql`${event} = any(${webhook.events})`));
  const { id, name, title, status, dataset, seed, tags, meanIou, duration, error } = row;
  const facts = { id, name, title, status, dataset, seed, tags, meanIou, duration };
  const about = { event, run: { ...facts, recipe: row.recipe, error: error?.message ?? null } };
  for (const { id: webhookId } of listening) await enqueue(db, tx, webhookId, event, about);
}

async function enqueue(
  db: Database,
  tx: Transaction,
  webhookId: string,
  event: DeliveryEvent,
  payload: Record<string, unknown>,
): Promise<number> {
  const [created] = await tx
    .insert(webhookDelivery)
    .values({ webhook: webhookId, event, payload })
    .returning({ id: webhookDelivery.id });
  const job: DeliverWebhookJob = { deliveryId: created!.id };
  await db.sender.send(tx, DELIVER_WEBHOOK_QUEUE, job);
  return created!.id;
}

/** The test button: a `ping` that goes the way of every other message. */
export async function pingWebhook(
  db: Database,
  { actor, id }: { actor: Actor; id: string },
): Promise<{ deliveryId: number }> {
  requireRole(actor, "admin", "test webhook");
  return db.drizzle.transaction(async (tx) => {
    const [known] = await tx.select().from(webhook).where(eq(webhook.id, id));
    if (!known) throw new NotFoundError(`test webhook: expected webhook ${id}, found none.`);
    const payload = { event: "ping", sentBy: actor.name };
    return { deliveryId: await enqueue(db, tx, id, "ping", payload) };
  });
}

export interface PendingDelivery {
  readonly id: number;
  readonly url: string;
  readonly secret: string;
  readonly event: DeliveryEvent;
  readonly payload: Record<string, unknown>;
}

/** What is to be sent; null where it was sent, given up, or its address was removed. */
export async function startDelivery(db: Database, id: number): Promise<PendingDelivery | null> {
  const [row] = await db.drizzle
    .update(webhookDelivery)
    .set({ attempts: sql`${webhookDelivery.attempts} + 1`, attemptedAt: sql`now()` })
    .from(webhook)
    .where(
      and(
        eq(webhookDelivery.id, id),
        eq(webhook.id, webhookDelivery.webhook),
        inArray(webhookDelivery.status, ["queued", "retrying"]),
      ),
    )
    .returning({
      id: webhookDelivery.id,
      url: webhook.url,
      secret: webhook.secret,
      event: webhookDelivery.event,
      payload: webhookDelivery.payload,
    });
  return row ?? null;
}

export interface DeliveryOutcome {
  readonly id: number;
  /** Null where no answer came. */
  readonly responseStatus: number | null;
  /** Null where the address took it. */
  readonly error: string | null;
  /** Whether the queue gives it out again. */
  readonly lastTry: boolean;
}

export async function recordDelivery(db: Database, outcome: DeliveryOutcome): Promise<void> {
  const { id, responseStatus, error, lastTry } = outcome;
  const status = error === null ? "delivered" : lastTry ? "failed" : "retrying";
  await db.drizzle
    .update(webhookDelivery)
    .set({ status, responseStatus, error })
    .where(eq(webhookDelivery.id, id));
}

export type WebhookDeliveryRow = typeof webhookDelivery.$inferSelect;

/** Messages to one address, newest first. */
export async function listDeliveries(
  db: Database,
  input: { actor: Actor; webhookId: string; limit?: number; cursor?: string },
): Promise<Page<WebhookDeliveryRow>> {
  const { actor, webhookId, limit = 50, cursor } = input;
  requireRole(actor, "admin", "list deliveries");
  const before = cursor === undefined ? undefined : Number(decodeCursor(cursor)[0]);
  const rows = await db.drizzle
    .select()
    .from(webhookDelivery)
    .where(
      and(
        eq(webhookDelivery.webhook, webhookId),
        before === undefined ? undefined : lt(webhookDelivery.id, before),
      ),
    )
    .orderBy(desc(webhookDelivery.id))
    .limit(limit + 1);
  return toPage(rows, limit, ({ id }) => [id]);
}
