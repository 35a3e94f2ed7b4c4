import { isOutdated } from "../outdated.ts";
import { readSystemStatus } from "../system-status.ts";
import { adminProcedure, router } from "../trpc.ts";

export const systemRouter = router({
  /** What the set-up page checks: database, data home and workers of this installation. */
  status: adminProcedure.query(async ({ ctx }) => ({
    home: ctx.home,
    ...(await readSystemStatus(ctx.database, { home: ctx.home, isOutdated })),
  })),
});
