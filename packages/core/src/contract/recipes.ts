import camCrfMobilenetV2 from "../../configs/cam-crf-mobilenetv2.json" with { type: "json" };
import demoTiny from "../../configs/demo-tiny.json" with { type: "json" };
import supervisedMobilenetV2 from "../../configs/supervised-mobilenetv2.json" with { type: "json" };
import supervisedTiny from "../../configs/supervised-tiny.json" with { type: "json" };
import oaaTiny from "../../configs/oaa-tiny.json" with { type: "json" };
import seamTiny from "../../configs/seam-tiny.json" with { type: "json" };
import camAffinityTiny from "../../configs/cam-affinity-tiny.json" with { type: "json" };
import camIrnTiny from "../../configs/cam-irn-tiny.json" with { type: "json" };
import oaaAffinityTiny from "../../configs/oaa-affinity-tiny.json" with { type: "json" };
import seamAffinityTiny from "../../configs/seam-affinity-tiny.json" with { type: "json" };
import camAffinityMobilenetv2 from "../../configs/cam-affinity-mobilenetv2.json" with { type: "json" };
import oaaMobilenetv2 from "../../configs/oaa-mobilenetv2.json" with { type: "json" };
import seamMobilenetv2 from "../../configs/seam-mobilenetv2.json" with { type: "json" };
import psaWr38 from "../../configs/psa-wr38.json" with { type: "json" };
import irnR50 from "../../configs/irn-r50.json" with { type: "json" };
import oaaVgg16 from "../../configs/oaa-vgg16.json" with { type: "json" };
import seamWr38 from "../../configs/seam-wr38.json" with { type: "json" };
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
  oaaTiny,
  seamTiny,
  camAffinityTiny,
  camIrnTiny,
  oaaAffinityTiny,
  seamAffinityTiny,
  camAffinityMobilenetv2,
  oaaMobilenetv2,
  seamMobilenetv2,
  psaWr38,
  irnR50,
  oaaVgg16,
  seamWr38,
].map((recipe) => recipeSchema.parse(recipe));
