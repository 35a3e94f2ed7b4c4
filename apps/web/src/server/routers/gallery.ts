import { compareImages, getImageResults, listGallery } from "@seedmask/db";
import { z } from "zod";
import { router, viewerProcedure } from "../trpc.ts";

const id = z.int().positive();
const page = {
  limit: z.int().min(1).max(200).optional(),
  cursor: z.string().max(2000).nullish(),
};

const listInput = z.object({
  evaluationIds: z.array(id).min(1).max(50),
  split: z.string().max(200).optional(),
  label: z.int().min(0).max(254).optional(),
  has: z.int().min(0).max(253).optional(),
  lacks: z.int().min(0).max(253).optional(),
  sort: z.object({ by: z.enum(["iou", "id"]), direction: z.enum(["asc", "desc"]) }).optional(),
  minIou: z.number().min(0).max(1).optional(),
  maxIou: z.number().min(0).max(1).optional(),
  withTotal: z.boolean().optional(),
  ...page,
});

export const galleryRouter = router({
  list: viewerProcedure
    .input(listInput)
    .query(({ ctx, input: { cursor, ...rest } }) =>
      listGallery(ctx.database, { ...rest, ...(cursor ? { cursor } : {}) }),
    ),
  imageResults: viewerProcedure
    .input(
      z.object({
        runIds: z.array(z.string().max(64)).min(1).max(20),
        dataset: z.string().max(64),
        imageKey: z.string().max(64),
      }),
    )
    .query(({ ctx, input }) => getImageResults(ctx.database, input)),
  compareImages: viewerProcedure
    .input(
      z.object({
        left: id,
        right: id,
        label: z.int().min(0).max(254).optional(),
        first: z.enum(["gained", "lost"]),
        ...page,
      }),
    )
    .query(({ ctx, input: { cursor, ...rest } }) =>
      compareImages(ctx.database, { ...rest, ...(cursor ? { cursor } : {}) }),
    ),
});
