import { z } from "zod";
import { STAGES } from "./stage.ts";

/** What a stage may say while it runs. */
export const progressEventSchema = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("progress"),
    stage: z.enum(STAGES),
    /** Done and to do, in `unit`s. */
    done: z.int().nonnegative(),
    total: z.int().positive(),
    unit: z.enum(["step", "image"]),
    /** Units per second over the last window; null until it is stable. */
    throughput: z.number().positive().nullable(),
    /** Seconds left in this stage; null in the first steps. */
    etaSeconds: z.number().nonnegative().nullable(),
  }),
  z.strictObject({
    type: z.literal("metric"),
    stage: z.enum(STAGES),
    /** e.g. `loss`, `learning-rate`, `train-map`. */
    name: z.string(),
    step: z.int().nonnegative(),
    value: z.number(),
  }),
  z.strictObject({
    type: z.literal("log"),
    stage: z.enum(STAGES),
    level: z.enum(["debug", "info", "warning", "error"]),
    message: z.string(),
  }),
]);
export type ProgressEvent = z.infer<typeof progressEventSchema>;
