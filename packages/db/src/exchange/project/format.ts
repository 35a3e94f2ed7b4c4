import {
  artifactHashSchema,
  artifactKindSchema,
  backendReportSchema,
  evaluationResultSchema,
  RUN_STATUSES,
  runConfigSchema,
  stageFailureSchema,
  STAGES,
  STAGE_STATUSES,
  validationReportSchema,
} from "@seedmask/core/contract";
import { z } from "zod";

/*
 * A project archive:
 *   project.json                 what is in it, and what could not be put in
 *   members.json                 who was in the team; nothing secret
 *   datasets/HASH/…              images, masks and thumbnails as they lie in the data home
 *   datasets/HASH.json           name, version and validation report
 *   runs/ID.json                 a run with its stages, outputs and curves
 *   runs/ID/log.jsonl            its log
 *   runs/ID/STAGE-….csv          its results, for people and spreadsheets; not read again
 *   evaluations/KEY.json         counts of every image and class, with the policy
 *   artifacts/HASH/…             masks, or everything
 */

const moment = z.iso.datetime().nullable();
const evaluationKeySchema = z.string().regex(/^[0-9a-f]{64}$/);

export const ARTIFACT_CHOICES = ["masks", "all", "none"] as const;
export type ArtifactChoice = (typeof ARTIFACT_CHOICES)[number];

export const projectSchema = z.strictObject({
  schemaVersion: z.literal(1),
  codeVersion: z.string(),
  exportedAt: z.iso.datetime(),
  artifacts: z.enum(ARTIFACT_CHOICES),
  images: z.boolean(),
  datasets: z.array(artifactHashSchema),
  runs: z.array(z.string().regex(/^[0-9a-z]{1,64}$/)),
  evaluations: z.array(evaluationKeySchema),
  /** Runs that had not ended, by name: they are not in it. */
  unfinished: z.array(z.string()),
  /** Artefacts whose files were no longer in the store. */
  missing: z.array(artifactHashSchema),
});
export type Project = z.infer<typeof projectSchema>;

export const datasetRecordSchema = z.strictObject({
  name: z.string().min(1),
  version: z.int().positive(),
  report: validationReportSchema,
});

const stageRecordSchema = z.strictObject({
  stage: z.enum(STAGES),
  position: z.int().nonnegative(),
  status: z.enum(STAGE_STATUSES),
  attempt: z.int().nonnegative(),
  cached: z.boolean(),
  cacheKey: z.string().nullable(),
  seconds: z.number().nullable(),
  peakMemoryBytes: z.int().nullable(),
  metrics: z.record(z.string(), z.number()),
  error: stageFailureSchema.nullable(),
  startedAt: moment,
  finishedAt: moment,
  outputs: z.array(z.strictObject({ kind: artifactKindSchema, hash: artifactHashSchema })),
  evaluations: z.array(evaluationKeySchema),
});

export const runRecordSchema = z.strictObject({
  id: z.string().regex(/^[0-9a-z]{1,64}$/),
  name: z.string().min(1),
  title: z.string().nullable(),
  tags: z.array(z.string()),
  status: z.enum(RUN_STATUSES),
  config: runConfigSchema,
  recipe: z.string().nullable(),
  recipeVersion: z.int().nullable(),
  dataset: artifactHashSchema,
  seed: z.int(),
  codeVersion: z.string(),
  parent: z.string().nullable(),
  group: z.string(),
  priority: z.int(),
  stage: z.enum(STAGES).nullable(),
  meanIou: z.number().nullable(),
  meanIouStage: z.enum(STAGES).nullable(),
  backend: backendReportSchema.nullable(),
  error: z
    .strictObject({
      stage: z.enum(STAGES).nullable(),
      code: z.string(),
      message: z.string(),
      stack: z.string().nullable(),
    })
    .nullable(),
  createdAt: z.iso.datetime(),
  startedAt: moment,
  finishedAt: moment,
  duration: z.number().nullable(),
  /** E-mail of who launched it. */
  owner: z.string().nullable(),
  stages: z.array(stageRecordSchema),
  curves: z.array(
    z.strictObject({
      stage: z.enum(STAGES),
      name: z.string(),
      steps: z.array(z.int()),
      values: z.array(z.number()),
    }),
  ),
});
export type RunRecord = z.infer<typeof runRecordSchema>;

export const logRecordSchema = z.strictObject({
  at: z.iso.datetime(),
  stage: z.enum(STAGES).nullable(),
  level: z.enum(["debug", "info", "warning", "error"]),
  message: z.string(),
});
export const evaluationRecordSchema = evaluationResultSchema.extend({
  noise: evaluationResultSchema.shape.noise.nullable(),
});
export type LogRecord = z.infer<typeof logRecordSchema>;
