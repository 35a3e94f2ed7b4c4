import { WEBHOOK_EVENTS } from "@seedmask/core/contract";
import {
  createWebhook,
  deleteWebhook,
  listDeliveries,
  listWebhooks,
  pingWebhook,
  setWebhookEnabled,
} from "@seedmask/db";
import { z } from "zod";
import { adminProcedure, router } from "../trpc.ts";

const ofWebhook = z.object({ id: z.string().max(64) });

export const webhooksRouter = router({
  list: adminProcedure.query(({ ctx }) => listWebhooks(ctx.database, { actor: ctx.actor })),
  deliveries: adminProcedure
    .input(z.object({ webhookId: z.string().max(64), cursor: z.string().max(200).nullish() }))
    .query(({ ctx, input: { cursor, webhookId } }) =>
      listDeliveries(ctx.database, {
        actor: ctx.actor,
        webhookId,
        ...(cursor ? { cursor } : {}),
      }),
    ),
  create: adminProcedure
    .input(z.object({ url: z.url().max(2000), events: z.array(z.enum(WEBHOOK_EVENTS)).min(1) }))
    .mutation(({ ctx, input }) => createWebhook(ctx.database, { actor: ctx.actor, ...input })),
  setEnabled: adminProcedure
    .input(ofWebhook.extend({ enabled: z.boolean() }))
    .mutation(({ ctx, input }) => setWebhookEnabled(ctx.database, { actor: ctx.actor, ...input })),
  test: adminProcedure
    .input(ofWebhook)
    .mutation(({ ctx, input }) => pingWebhook(ctx.database, { actor: ctx.actor, ...input })),
  remove: adminProcedure
    .input(ofWebhook)
    .mutation(({ ctx, input }) => deleteWebhook(ctx.database, { actor: ctx.actor, ...input })),
});
