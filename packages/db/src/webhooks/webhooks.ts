import type { WebhookEvent } from "@seedmask/core/contract";
import { randomBytes } from "node:crypto";
import { desc, eq } from "drizzle-orm";
import { type Actor, requireRole } from "../actor.ts";
import type { Database } from "../client.ts";
import { NotFoundError, PreconditionError } from "../errors.ts";
import { newId } from "../ids.ts";
import { writeAudit } from "../people/audit.ts";
import { webhook } from "../schema/index.ts";

export interface CreateWebhookInput {
  readonly actor: Actor;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
}

/** Makes an address known. The secret its messages are signed with is in this answer only. */
export async function createWebhook(
  db: Database,
  { actor, url, events }: CreateWebhookInput,
): Promise<{ id: string; secret: string }> {
  requireRole(actor, "admin", "create webhook");
  const address = URL.canParse(url) ? new URL(url) : null;
  if (!address || !["http:", "https:"].includes(address.protocol) || address.username !== "") {
    throw new PreconditionError(
      `create webhook: expected an http or https address without user name, got ${url}.`,
    );
  }
  if (events.length === 0) {
    throw new PreconditionError("create webhook: expected at least one event, got none.");
  }
  const secret = `whs_${randomBytes(32).toString("base64url")}`;
  const id = newId();
  await db.drizzle.transaction(async (tx) => {
    const values = { url: address.href, events: [...new Set(events)] };
    await tx.insert(webhook).values({ id, secret, ...values, createdBy: actor.id });
    const details = { before: null, after: values };
    const target = { type: "webhook", id };
    await writeAudit(tx, { actor, action: "webhook.create", target, details });
  });
  return { id, secret };
}

export type WebhookRow = Awaited<ReturnType<typeof listWebhooks>>[number];

/** Newest first, without their secrets. */
export async function listWebhooks(db: Database, { actor }: { actor: Actor }) {
  requireRole(actor, "admin", "list webhooks");
  return db.drizzle
    .select({
      id: webhook.id,
      url: webhook.url,
      events: webhook.events,
      enabled: webhook.enabled,
      createdAt: webhook.createdAt,
    })
    .from(webhook)
    .orderBy(desc(webhook.createdAt));
}

/** Switches an address off and on again; what waits is still sent. */
export async function setWebhookEnabled(
  db: Database,
  { actor, id, enabled }: { actor: Actor; id: string; enabled: boolean },
): Promise<void> {
  requireRole(actor, "admin", "change webhook");
  await db.drizzle.transaction(async (tx) => {
    const [before] = await tx.select().from(webhook).where(eq(webhook.id, id)).for("update");
    if (!before) throw new NotFoundError(`change webhook: expected webhook ${id}, found none.`);
    await tx.update(webhook).set({ enabled }).where(eq(webhook.id, id));
    const details = { before: { enabled: before.enabled }, after: { enabled } };
    const target = { type: "webhook", id };
    await writeAudit(tx, { actor, action: "webhook.change", target, details });
  });
}

/** Forgets an address and its deliveries. */
export async function deleteWebhook(
  db: Database,
  { actor, id }: { actor: Actor; id: string },
): Promise<void> {
  requireRole(actor, "admin", "delete webhook");
  await db.drizzle.transaction(async (tx) => {
    const [before] = await tx.delete(webhook).where(eq(webhook.id, id)).returning();
    if (!before) throw new NotFoundError(`delete webhook: expected webhook ${id}, found none.`);
    const details = { before: { url: before.url, events: before.events }, after: null };
    const target = { type: "webhook", id };
    await writeAudit(tx, { actor, action: "webhook.delete", target, details });
  });
}
