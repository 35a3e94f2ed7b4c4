import { listAudit } from "@seedmask/db";
import { z } from "zod";
import { adminProcedure, router } from "../trpc.ts";

export const auditRouter = router({
  list: adminProcedure
    .input(
      z.object({
        /** `run.cancel`, or the beginning of it: `run.` */
        action: z.string().max(100).optional(),
        actorId: z.string().max(64).optional(),
        target: z
          .object({ type: z.string().max(64), id: z.string().max(200).optional() })
          .optional(),
        limit: z.int().min(1).max(200).optional(),
        cursor: z.string().max(200).nullish(),
      }),
    )
    .query(({ ctx, input: { cursor, ...rest } }) =>
      listAudit(ctx.database, { ...rest, ...(cursor ? { cursor } : {}) }),
    ),
});
