import { z } from "zod";

const category = z.object({ id: z.int(), name: z.string().transform((name) => name.trim()) });
const image = z.object({
  id: z.union([z.int(), z.string()]),
  file_name: z.string(),
  width: z.int().optional(),
  height: z.int().optional(),
});

const rle = z.object({
  size: z.tuple([z.int().positive(), z.int().positive()]),
  counts: z.union([z.string(), z.array(z.int())]),
});

/** Polygons, or run lengths in either form. */
export const segmentationSchema = z.union([z.array(z.array(z.number())), rle]);
export type CocoSegmentation = z.infer<typeof segmentationSchema>;

/** COCO instances, as far as masks and labels need it. */
export const instancesSchema = z.object({
  images: z.array(image),
  categories: z.array(category),
  annotations: z.array(
    z.object({
      id: z.union([z.int(), z.string()]).optional(),
      image_id: z.union([z.int(), z.string()]),
      category_id: z.int(),
      segmentation: segmentationSchema.optional(),
      area: z.number().optional(),
      iscrowd: z.union([z.int(), z.boolean()]).default(0).transform(Boolean),
    }),
  ),
});
export type CocoInstances = z.infer<typeof instancesSchema>;
export type CocoInstance = CocoInstances["annotations"][number];

export const panopticSchema = z.object({
  images: z.array(image),
  categories: z.array(category),
  annotations: z.array(
    z.object({
      image_id: z.union([z.int(), z.string()]),
      file_name: z.string(),
      segments_info: z.array(
        z.object({
          id: z.int(),
          category_id: z.int(),
          iscrowd: z.union([z.int(), z.boolean()]).default(0).transform(Boolean),
        }),
      ),
    }),
  ),
});
export type CocoPanoptic = z.infer<typeof panopticSchema>;
export type CocoSegment = CocoPanoptic["annotations"][number]["segments_info"][number];
