import { type Database, type DeliveryJob, recordDelivery, startDelivery } from "@seedmask/db";
import { sendWebhook } from "@seedmask/db/exchange/webhooks";
import type { Logger } from "pino";

export interface DeliveryJobContext {
  readonly db: Database;
  readonly log: Logger;
  /** Whether addresses of private networks may be written to. */
  readonly allowPrivate: boolean;
}

/** Sends one webhook message; throwing is how the queue is told to try again later. */
export async function deliverWebhookJob(
  { db, log, allowPrivate }: DeliveryJobContext,
  { deliveryId, lastTry, signal }: DeliveryJob,
): Promise<void> {
  const message = await startDelivery(db, deliveryId);
  if (message === null) return;
  const outcome = await sendWebhook(message, { allowPrivate, signal });
  await recordDelivery(db, { id: deliveryId, ...outcome, lastTry });
  const { url, event } = message;
  log.info({ deliveryId, url, event, ...outcome }, "webhook sent");
  if (outcome.error !== null && !lastTry) throw new Error(outcome.error);
}
