import { z } from "zod";
import { artifactHashSchema, artifactKindSchema } from "./artifact.ts";
import { backendReportSchema } from "./backend-report.ts";
import { diagnosticSchema } from "./diagnostics.ts";
import { evaluationResultSchema } from "./metrics.ts";
import { predictionRequestSchema } from "./prediction.ts";
import { progressEventSchema } from "./progress.ts";
import { runConfigSchema } from "./run-config.ts";
import { STAGES } from "./stage.ts";

/** The one queue of stage jobs. A finished stage enqueues the next in the same transaction. */
export const RUN_STAGE_QUEUE = "run-stage";
export const runStageJobSchema = z.strictObject({ runId: z.string(), stage: z.enum(STAGES) });
export type RunStageJob = z.infer<typeof runStageJobSchema>;

const artifactsByKind = z.partialRecord(artifactKindSchema, artifactHashSchema);
export type ArtifactsByKind = z.infer<typeof artifactsByKind>;

/** All a stage needs to know, as plain data: the same from the queue and from the command line. */
export const stageRequestSchema = z.strictObject({
  runId: z.string(),
  stage: z.enum(STAGES),
  /** Counts deliveries of this job; fences checkpoints of a predecessor that still writes. */
  attempt: z.int().nonnegative(),
  config: runConfigSchema,
  /** Hash of the dataset version. */
  dataset: z.string(),
  inputs: artifactsByKind,
});
export type StageRequest = z.infer<typeof stageRequestSchema>;

export const stageResultSchema = z.strictObject({
  stage: z.enum(STAGES),
  /** True where the result of an equal earlier execution was taken over. */
  cached: z.boolean(),
  /** Hash of everything the result depends on. */
  cacheKey: z.string(),
  outputs: artifactsByKind,
  evaluations: z.array(evaluationResultSchema),
  /** None in results that were kept before there were any. */
  diagnostics: z.array(diagnosticSchema).default([]),
  /** Scalars worth a column: `classifier-map`, `threshold`, `final-loss`. */
  metrics: z.record(z.string(), z.number()),
  /** Wall time of the execution that computed it, also where cached. */
  seconds: z.number().nonnegative(),
  peakMemoryBytes: z.int().nonnegative(),
  backend: backendReportSchema,
});
export type StageResult = z.infer<typeof stageResultSchema>;

/** Supervisor → compute child. */
export const computeRequestSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("run-stage"), request: stageRequestSchema }),
  z.strictObject({ type: z.literal("predict"), request: predictionRequestSchema }),
  z.strictObject({ type: z.literal("cancel") }),
]);
export type ComputeRequest = z.infer<typeof computeRequestSchema>;

export const stageFailureSchema = z.strictObject({
  code: z.string(),
  message: z.string(),
  retryable: z.boolean(),
  stack: z.string().nullable(),
});
export type StageFailure = z.infer<typeof stageFailureSchema>;

/** Compute child → supervisor. */
export const computeReplySchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("ready"), backend: backendReportSchema }),
  z.strictObject({ type: z.literal("progress"), event: progressEventSchema }),
  z.strictObject({ type: z.literal("done"), result: stageResultSchema }),
  z.strictObject({ type: z.literal("predicted"), artifact: artifactHashSchema }),
  z.strictObject({ type: z.literal("failed"), failure: stageFailureSchema }),
]);
export type ComputeReply = z.infer<typeof computeReplySchema>;
