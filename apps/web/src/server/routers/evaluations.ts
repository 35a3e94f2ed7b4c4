import { MASK_STAGES } from "@seedmask/core/contract";
import { classBreakdown, getEvaluation, listEvaluations } from "@seedmask/db";
import { z } from "zod";
import { router, viewerProcedure } from "../trpc.ts";

const id = z.int().positive();

export const evaluationsRouter = router({
  list: viewerProcedure
    .input(z.object({ runId: z.string().max(64) }))
    .query(({ ctx, input }) => listEvaluations(ctx.database, input.runId)),
  get: viewerProcedure
    .input(
      z.union([
        z.object({ id }),
        z.object({
          runId: z.string().max(64),
          stage: z.enum(MASK_STAGES),
          split: z.string().max(200).optional(),
        }),
      ]),
    )
    .query(({ ctx, input }) => getEvaluation(ctx.database, input)),
  classBreakdown: viewerProcedure
    .input(z.object({ evaluationIds: z.array(id).min(1).max(50) }))
    .query(({ ctx, input }) => classBreakdown(ctx.database, input.evaluationIds)),
});
