import { configAt, runConfigSchema, sweepPlanSchema, sweepSettings } from "@seedmask/core/contract";
import {
  cancelSweep,
  createSweep,
  getSweep,
  listSweeps,
  pauseSweep,
  requireFeasible,
  resumeSweep,
} from "@seedmask/db";
import { z } from "zod";
import { CODE_VERSION } from "#env.ts";
import { memberProcedure, router, viewerProcedure } from "../trpc.ts";

const ofSweep = z.object({ sweepId: z.string().min(1).max(64) });

const createInput = z.object({
  title: z.string().trim().min(1).max(200),
  config: runConfigSchema,
  dataset: z.string().min(1).max(64),
  plan: sweepPlanSchema,
  recipe: z.object({ name: z.string(), version: z.int() }).nullish(),
  parent: z.string().max(64).nullish(),
});

export const sweepsRouter = router({
  list: viewerProcedure.query(({ ctx }) => listSweeps(ctx.database)),
  get: viewerProcedure
    .input(ofSweep)
    .query(({ ctx, input }) => getSweep(ctx.database, input.sweepId)),
  create: memberProcedure.input(createInput).mutation(async ({ ctx, input }) => {
    const { dataset } = input;
    for (const setting of sweepSettings(input.plan).slice(0, 1)) {
      const config = configAt(input.config, setting);
      await requireFeasible(ctx.database, { config, dataset, files: ctx.files });
    }
    return createSweep(ctx.database, { ...input, actor: ctx.actor, codeVersion: CODE_VERSION });
  }),
  pause: memberProcedure
    .input(ofSweep)
    .mutation(({ ctx, input }) => pauseSweep(ctx.database, { actor: ctx.actor, ...input })),
  resume: memberProcedure
    .input(ofSweep)
    .mutation(({ ctx, input }) => resumeSweep(ctx.database, { actor: ctx.actor, ...input })),
  cancel: memberProcedure
    .input(ofSweep)
    .mutation(({ ctx, input }) => cancelSweep(ctx.database, { actor: ctx.actor, ...input })),
});
