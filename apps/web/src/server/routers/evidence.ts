import { ERROR_CAUSES } from "@seedmask/core/contract";
import {
  coOccurrence,
  listDiagnostics,
  listEvidence,
  listReview,
  partnerEffect,
} from "@seedmask/db";
import { z } from "zod";
import { router, viewerProcedure } from "../trpc.ts";

const id = z.int().positive();
const classIndex = z.int().min(0).max(253);
const ofRun = z.object({ runId: z.string().max(64) });
const reviewSource = z.union([
  z.object({ by: z.literal("error"), evaluationId: id, cause: z.enum(ERROR_CAUSES).nullable() }),
  z.object({ by: z.enum(["disagreement", "entropy"]), diagnosticId: id }),
]);

/** Why a run's masks are as they are. */
export const evidenceRouter = router({
  list: viewerProcedure
    .input(ofRun)
    .query(({ ctx, input }) => listEvidence(ctx.database, input.runId)),
  doubts: viewerProcedure
    .input(ofRun)
    .query(({ ctx, input }) => listDiagnostics(ctx.database, { ...input, kind: "mask-doubt" })),
  classifier: viewerProcedure
    .input(ofRun)
    .query(({ ctx, input }) =>
      listDiagnostics(ctx.database, { ...input, kind: "classifier-health" }),
    ),
  review: viewerProcedure
    .input(
      z.object({
        source: reviewSource,
        limit: z.int().min(1).max(200).optional(),
        cursor: z.string().max(2000).nullish(),
      }),
    )
    .query(({ ctx, input: { source, limit = 24, cursor } }) =>
      listReview(ctx.database, { source, limit, ...(cursor ? { cursor } : {}) }),
    ),
  coOccurrence: viewerProcedure
    .input(z.object({ dataset: z.string().max(64), split: z.string().max(200) }))
    .query(({ ctx, input }) => coOccurrence(ctx.database, input)),
  partner: viewerProcedure
    .input(z.object({ evaluationId: id, classIndex, partner: classIndex }))
    .query(({ ctx, input }) => partnerEffect(ctx.database, input)),
});
