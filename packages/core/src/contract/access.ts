import { z } from "zod";

/** What a token may do, on top of what its owner's role allows. */
export const TOKEN_SCOPES = {
  "run:read": "runs, figures, masks, logs and workers",
  "run:create": "launch and duplicate runs",
  "run:write": "cancel, retry, rename, tag and delete runs",
  "dataset:read": "datasets and their images",
  "dataset:write": "import and remove dataset versions",
} as const;
export type TokenScope = keyof typeof TOKEN_SCOPES;
export const tokenScopeSchema = z.enum(Object.keys(TOKEN_SCOPES) as [TokenScope, ...TokenScope[]]);

/** What a webhook can be told of. A lost run counts as failed. */
export const WEBHOOK_EVENTS = ["run.succeeded", "run.failed", "run.cancelled"] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];
/** `ping` is what the test button sends. */
export const DELIVERY_EVENTS = [...WEBHOOK_EVENTS, "ping"] as const;
export type DeliveryEvent = (typeof DELIVERY_EVENTS)[number];

/** The queue of webhook deliveries, done by a worker. */
export const DELIVER_WEBHOOK_QUEUE = "deliver-webhook";
export const deliverWebhookJobSchema = z.strictObject({ deliveryId: z.int() });
export type DeliverWebhookJob = z.infer<typeof deliverWebhookJobSchema>;
