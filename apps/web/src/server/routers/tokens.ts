import { tokenScopeSchema } from "@seedmask/core/contract";
import { createApiToken, listApiTokens, revokeApiToken } from "@seedmask/db";
import { z } from "zod";
import { router, viewerProcedure } from "../trpc.ts";

export const tokensRouter = router({
  list: viewerProcedure.query(({ ctx }) => listApiTokens(ctx.database, { actor: ctx.actor })),
  create: viewerProcedure
    .input(
      z.object({
        name: z.string().trim().min(1).max(100),
        scopes: z.array(tokenScopeSchema).min(1).max(10),
        expiresInDays: z.int().min(1).max(3650).nullable(),
      }),
    )
    .mutation(({ ctx, input }) => createApiToken(ctx.database, { actor: ctx.actor, ...input })),
  revoke: viewerProcedure
    .input(z.object({ id: z.string().max(64) }))
    .mutation(({ ctx, input }) => revokeApiToken(ctx.database, { actor: ctx.actor, ...input })),
});
