import { listJobs, listWorkers } from "@seedmask/db";
import { router, viewerProcedure } from "../trpc.ts";

export const workersRouter = router({
  list: viewerProcedure.query(({ ctx }) => listWorkers(ctx.database)),
  jobs: viewerProcedure.query(({ ctx }) => listJobs(ctx.database)),
});
