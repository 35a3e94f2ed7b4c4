import { getView, listViews, removeView, saveView, VIEW_PAGES } from "@seedmask/db";
import { z } from "zod";
import { router, viewerProcedure } from "../trpc.ts";

const ofView = z.object({ id: z.string().min(1).max(64) });
const page = z.enum(VIEW_PAGES);

/** Whoever may look may keep views; only members share theirs, which the verb refuses others. */
export const viewsRouter = router({
  list: viewerProcedure
    .input(z.object({ page }))
    .query(({ ctx, input }) => listViews(ctx.database, { actor: ctx.actor, ...input })),
  get: viewerProcedure
    .input(ofView)
    .query(({ ctx, input }) => getView(ctx.database, { actor: ctx.actor, ...input })),
  save: viewerProcedure
    .input(
      z.object({
        page,
        name: z.string().trim().min(1).max(80),
        query: z.string().max(4000),
        shared: z.boolean(),
      }),
    )
    .mutation(({ ctx, input }) => saveView(ctx.database, { actor: ctx.actor, ...input })),
  remove: viewerProcedure
    .input(ofView)
    .mutation(({ ctx, input }) => removeView(ctx.database, { actor: ctx.actor, ...input })),
});
