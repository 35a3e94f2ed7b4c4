import { getPrediction, listModels, listPredictions } from "@seedmask/db";
import { z } from "zod";
import { router, viewerProcedure } from "../trpc.ts";

/** Asking for a prediction brings a file along: POST /api/predictions. */
export const predictionsRouter = router({
  models: viewerProcedure
    .input(z.object({ asked: z.string().max(64).optional() }))
    .query(({ ctx, input }) => listModels(ctx.database, input)),
  mine: viewerProcedure.query(({ ctx }) => listPredictions(ctx.database, ctx.actor)),
  get: viewerProcedure
    .input(z.object({ id: z.string().max(64) }))
    .query(({ ctx, input }) => getPrediction(ctx.database, input.id)),
});
