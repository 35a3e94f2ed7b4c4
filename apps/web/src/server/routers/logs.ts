import { STAGES } from "@seedmask/core/contract";
import { searchLogs } from "@seedmask/db";
import { z } from "zod";
import { router, viewerProcedure } from "../trpc.ts";

const eventId = z.int().nonnegative().optional();

export const logsRouter = router({
  search: viewerProcedure
    .input(
      z.object({
        runId: z.string().max(64),
        stage: z.enum(STAGES).optional(),
        levels: z.array(z.enum(["debug", "info", "warning", "error"])).optional(),
        query: z.string().max(500).optional(),
        before: eventId,
        after: eventId,
        around: eventId,
        limit: z.int().min(1).max(2000).optional(),
      }),
    )
    .query(({ ctx, input }) => searchLogs(ctx.database, input)),
});
