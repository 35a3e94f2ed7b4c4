import camCrfMobilenetV2 from "../../configs/cam-crf-mobilenetv2.json" with { type: "json" };
import demoTiny from "../../configs/demo-tiny.json" with { type: "json" };
import supervisedMobilenetV2 from "../../configs/supervised-mobilenetv2.json" with { type: "json" };
import supervisedTiny from "../../configs/supervised-tiny.json" with { type: "json" };
import { z } from "zod";
import { runConfigSchema } from "./run-config.ts";

/** A named, versioned, complete config, with what to expect of it. */
export const recipeSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  version: z.int().positive(),
  title: z.string(),
  description: z.string(),
  /** Final mean IoU seen or published, 0…1, and where it comes from. Null where never measured. */
  expected: z
    .strictObject({ dataset: z.string(), low: z.number(), high: z.number(), source: z.string() })
    .nullable(),
  config: runConfigSchema,
});
export type Recipe = z.infer<typeof recipeSchema>;

export const RECIPES: readonly Recipe[] = [
  demoTiny,
  supervisedTiny,
  camCrfMobilenetV2,
  supervisedMobilenetV2,
].map((recipe) => recipeSchema.parse(recipe));
