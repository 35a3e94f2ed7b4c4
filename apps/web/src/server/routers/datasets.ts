import {
  datasetImportRequestSchema,
  IMPORT_PREVIEW_FILE,
  importPreviewKey,
  importPreviewSchema,
} from "@seedmask/core/contract";
import {
  compareDatasetVersions,
  createDatasetImport,
  deleteDatasetVersion,
  getDatasetImport,
  getDatasetVersion,
  getImage,
  listDatasetImports,
  listDatasets,
  listDatasetVersions,
  listImages,
} from "@seedmask/db";
import { z } from "zod";
import { maintainerProcedure, router, viewerProcedure } from "../trpc.ts";

const imagesInput = z.object({
  dataset: z.string().max(64),
  split: z.string().max(200).optional(),
  label: z.int().min(0).max(253).optional(),
  hasMask: z.boolean().optional(),
  search: z.string().max(200).optional(),
  limit: z.int().min(1).max(200).optional(),
  cursor: z.string().max(2000).nullish(),
  withTotal: z.boolean().optional(),
});

export const datasetsRouter = router({
  list: viewerProcedure.query(({ ctx }) => listDatasets(ctx.database)),
  get: viewerProcedure
    .input(z.object({ dataset: z.string().max(200) }))
    .query(({ ctx, input }) => getDatasetVersion(ctx.database, input.dataset)),
  versions: viewerProcedure
    .input(z.object({ name: z.string().max(200) }))
    .query(({ ctx, input }) => listDatasetVersions(ctx.database, input.name)),
  compareVersions: viewerProcedure
    .input(z.object({ from: z.string().max(64), to: z.string().max(64) }))
    .query(({ ctx, input }) => compareDatasetVersions(ctx.database, input)),
  images: viewerProcedure
    .input(imagesInput)
    .query(({ ctx, input: { cursor, ...rest } }) =>
      listImages(ctx.database, { ...rest, ...(cursor ? { cursor } : {}) }),
    ),
  image: viewerProcedure
    .input(z.object({ dataset: z.string().max(64), key: z.string().max(64) }))
    .query(({ ctx, input }) => getImage(ctx.database, input)),

  import: maintainerProcedure
    .input(datasetImportRequestSchema)
    .mutation(({ ctx, input }) =>
      createDatasetImport(ctx.database, { actor: ctx.actor, request: input }),
    ),
  imports: maintainerProcedure.query(({ ctx }) => listDatasetImports(ctx.database)),
  getImport: maintainerProcedure
    .input(z.object({ id: z.string().max(64) }))
    .query(({ ctx, input }) => getDatasetImport(ctx.database, input.id)),
  /** Samples of a check; null where it kept none, or they are gone. */
  importPreview: maintainerProcedure
    .input(z.object({ id: z.string().regex(/^[0-9a-z]{1,64}$/) }))
    .query(async ({ ctx, input }) => {
      const key = importPreviewKey(input.id, IMPORT_PREVIEW_FILE);
      if (!(await ctx.files.exists(key))) return null;
      return importPreviewSchema.parse(JSON.parse(await ctx.files.get(key)));
    }),
  removeVersion: maintainerProcedure
    .input(z.object({ hash: z.string().max(64) }))
    .mutation(({ ctx, input }) =>
      deleteDatasetVersion(ctx.database, { actor: ctx.actor, hash: input.hash }),
    ),
});
