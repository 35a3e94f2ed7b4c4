import { RUN_STATUSES, runConfigSchema, STAGES } from "@seedmask/core/contract";
import {
  cancelRun,
  countRunsByStatus,
  createRun,
  deleteRun,
  duplicateRun,
  getRun,
  listMetricSeries,
  listRuns,
  planRun,
  readMetricSeries,
  renameRun,
  requireFeasible,
  retryRun,
  retryStage,
  type RunColumn,
  runLineage,
  tagRun,
} from "@seedmask/db";
import { z } from "zod";
import { CODE_VERSION } from "#env.ts";
import { memberProcedure, router, viewerProcedure } from "../trpc.ts";

const ofRun = z.object({ runId: z.string().min(1).max(64) });
const words = z.array(z.string().max(200)).max(50).optional();

/** What a row of the table shows, and no more. */
const LISTED = [
  "name",
  "title",
  "status",
  "stage",
  "tags",
  "recipe",
  "dataset",
  "datasetName",
  "datasetVersion",
  "supervision",
  "seed",
  "group",
  "ownerName",
  "meanIou",
  "meanIouStage",
  "classIous",
  "duration",
  "createdAt",
  "startedAt",
  "finishedAt",
  "errorMessage",
  "stagesDone",
  "stagesTotal",
  "progress",
] as const satisfies RunColumn[];

const listInput = z.object({
  filter: z
    .object({
      ids: z.array(z.string().max(64)).max(200).optional(),
      status: z.array(z.enum(RUN_STATUSES)).optional(),
      recipe: words,
      dataset: words,
      owner: words,
      tags: z.object({ any: words, all: words, none: words }).optional(),
      group: z.string().optional(),
      search: z.string().max(200).optional(),
      createdAfter: z.date().optional(),
      createdBefore: z.date().optional(),
      meanIou: z.object({ min: z.number().optional(), max: z.number().optional() }).optional(),
    })
    .optional(),
  sort: z
    .object({
      by: z.enum(["createdAt", "name", "status", "meanIou", "duration"]),
      direction: z.enum(["asc", "desc"]),
    })
    .optional(),
  limit: z.int().min(1).max(200).optional(),
  cursor: z.string().max(2000).nullish(),
  withTotal: z.boolean().optional(),
});

const createInput = z.object({
  config: runConfigSchema,
  dataset: z.string().min(1).max(64),
  recipe: z.object({ name: z.string(), version: z.int() }).nullish(),
  title: z.string().trim().max(200).nullish(),
  tags: z.array(z.string().trim().min(1).max(40)).max(20).optional(),
  parent: z.string().max(64).nullish(),
  repeats: z.int().min(1).max(20).optional(),
  priority: z.int().min(-10).max(10).optional(),
});

export const runsRouter = router({
  list: viewerProcedure
    .input(listInput)
    .query(({ ctx, input: { cursor, ...rest } }) =>
      listRuns(ctx.database, { ...rest, columns: LISTED, ...(cursor ? { cursor } : {}) }),
    ),
  get: viewerProcedure.input(ofRun).query(({ ctx, input }) => getRun(ctx.database, input.runId)),
  counts: viewerProcedure.query(({ ctx }) => countRunsByStatus(ctx.database)),
  metricNames: viewerProcedure
    .input(ofRun)
    .query(({ ctx, input }) => listMetricSeries(ctx.database, input.runId)),
  metrics: viewerProcedure
    .input(
      ofRun.extend({
        stage: z.enum(STAGES).optional(),
        names: z.array(z.string()).max(50).optional(),
        maxPoints: z.int().min(10).max(5000).optional(),
      }),
    )
    .query(({ ctx, input }) => readMetricSeries(ctx.database, input)),

  lineage: viewerProcedure
    .input(ofRun)
    .query(({ ctx, input }) => runLineage(ctx.database, input.runId)),
  plan: viewerProcedure
    .input(z.object({ config: runConfigSchema, dataset: z.string().min(1).max(64) }))
    .query(({ ctx, input }) => planRun(ctx.database, { ...input, files: ctx.files })),

  create: memberProcedure.input(createInput).mutation(async ({ ctx, input }) => {
    await requireFeasible(ctx.database, { ...input, files: ctx.files });
    return createRun(ctx.database, { ...input, actor: ctx.actor, codeVersion: CODE_VERSION });
  }),
  cancel: memberProcedure
    .input(ofRun)
    .mutation(({ ctx, input }) => cancelRun(ctx.database, { actor: ctx.actor, ...input })),
  retry: memberProcedure
    .input(ofRun)
    .mutation(({ ctx, input }) => retryRun(ctx.database, { actor: ctx.actor, ...input })),
  retryStage: memberProcedure
    .input(ofRun.extend({ stage: z.enum(STAGES) }))
    .mutation(({ ctx, input }) => retryStage(ctx.database, { actor: ctx.actor, ...input })),
  duplicate: memberProcedure
    .input(ofRun)
    .mutation(({ ctx, input }) =>
      duplicateRun(ctx.database, { actor: ctx.actor, codeVersion: CODE_VERSION, ...input }),
    ),
  rename: memberProcedure
    .input(ofRun.extend({ title: z.string().max(200) }))
    .mutation(({ ctx, input }) => renameRun(ctx.database, { actor: ctx.actor, ...input })),
  tag: memberProcedure
    .input(ofRun.extend({ add: words, remove: words }))
    .mutation(({ ctx, input }) => tagRun(ctx.database, { actor: ctx.actor, ...input })),
  remove: memberProcedure
    .input(ofRun)
    .mutation(({ ctx, input }) => deleteRun(ctx.database, { actor: ctx.actor, ...input })),
});
