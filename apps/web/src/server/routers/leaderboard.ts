import { leaderboard, listPolicies } from "@seedmask/db";
import { z } from "zod";
import { router, viewerProcedure } from "../trpc.ts";

export const leaderboardRouter = router({
  policies: viewerProcedure
    .input(z.object({ dataset: z.string().max(64).optional() }))
    .query(({ ctx, input }) => listPolicies(ctx.database, input)),
  rows: viewerProcedure
    .input(z.object({ policyKey: z.string().max(2000) }))
    .query(({ ctx, input }) => leaderboard(ctx.database, input)),
});
