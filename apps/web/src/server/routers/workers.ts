import {
  createWorkerPairing,
  getWorker,
  listJobs,
  listWorkerPairings,
  listWorkers,
  moveJob,
  revokeWorkerPairing,
} from "@seedmask/db";
import { z } from "zod";
import { CODE_VERSION } from "#env.ts";
import { isOutdated } from "../outdated.ts";
import { adminProcedure, maintainerProcedure, router, viewerProcedure } from "../trpc.ts";

const id = z.string().max(64);

export const workersRouter = router({
  list: viewerProcedure.query(async ({ ctx }) =>
    (await listWorkers(ctx.database)).map((row) => ({
      ...row,
      outdated: isOutdated(row.versions),
    })),
  ),
  get: viewerProcedure.input(z.object({ id })).query(async ({ ctx, input }) => {
    const worker = await getWorker(ctx.database, input.id);
    return { ...worker, outdated: isOutdated(worker.versions), dashboardVersion: CODE_VERSION };
  }),
  jobs: viewerProcedure.query(({ ctx }) => listJobs(ctx.database)),
  moveJob: maintainerProcedure
    .input(z.object({ jobId: id, before: id.nullable() }))
    .mutation(({ ctx, input }) => moveJob(ctx.database, { actor: ctx.actor, ...input })),

  pairings: adminProcedure.query(({ ctx }) =>
    listWorkerPairings(ctx.database, { actor: ctx.actor }),
  ),
  pair: adminProcedure
    .input(
      z.object({
        name: z.string().trim().min(1).max(100),
        expiresInHours: z.int().min(1).max(720).optional(),
      }),
    )
    .mutation(({ ctx, input }) =>
      createWorkerPairing(ctx.database, { actor: ctx.actor, ...input }),
    ),
  unpair: adminProcedure
    .input(z.object({ id }))
    .mutation(({ ctx, input }) =>
      revokeWorkerPairing(ctx.database, { actor: ctx.actor, ...input }),
    ),
});
