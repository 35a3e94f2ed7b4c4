export { type Actor, hasRole, type Role, ROLES, SYSTEM_ACTOR } from "./actor.ts";
export {
  closeDatabase,
  type Database,
  isRefused,
  migrateDatabase,
  openDatabase,
  type OpenDatabaseOptions,
  pingDatabase,
} from "./client.ts";
export * from "./errors.ts";
export type { Page } from "./page.ts";

export * from "./datasets/compare-versions.ts";
export * from "./datasets/dataset-imports.ts";
export * from "./datasets/list-datasets.ts";
export * from "./datasets/list-images.ts";
export * from "./datasets/record-dataset-version.ts";

export {
  type PlannedStageRow,
  planRun,
  type PlanRunInput,
  requireFeasible,
  type RunPlan,
} from "./plans/plan-run.ts";
export type { ReusedFrom } from "./plans/find-reuse.ts";
export * from "./lineage/run-lineage.ts";
export * from "./sweeps/create-sweep.ts";
export * from "./sweeps/get-sweep.ts";
export * from "./sweeps/steer-sweep.ts";
export * from "./views/saved-views.ts";

export * from "./runs/cancel-run.ts";
export * from "./runs/create-run.ts";
export * from "./runs/edit-run.ts";
export * from "./runs/get-run.ts";
export * from "./runs/list-runs.ts";
export * from "./runs/retry-run.ts";
export type { RunFilter } from "./runs/run-filter.ts";
export type { RunError, StageProgress } from "./schema/index.ts";

export * from "./stages/cancel-stage.ts";
export * from "./stages/complete-stage.ts";
export * from "./stages/fail-stage.ts";
export * from "./stages/release-stage.ts";
export type { StageAttempt } from "./stages/require-attempt.ts";
export * from "./stages/start-stage.ts";

export * from "./events/event-feed.ts";
export * from "./events/follow-events.ts";
export * from "./events/list-events.ts";
export * from "./events/metric-series.ts";
export * from "./events/record-progress.ts";
export * from "./events/search-logs.ts";

export * from "./diagnostics/co-occurrence.ts";
export * from "./diagnostics/list-diagnostics.ts";
export * from "./diagnostics/review-queue.ts";
export * from "./evaluations/evaluation-evidence.ts";
export * from "./evaluations/image-counts.ts";
export * from "./evaluations/image-results.ts";
export * from "./evaluations/leaderboard.ts";
export * from "./evaluations/list-evaluations.ts";
export * from "./evaluations/list-gallery.ts";

export * from "./predictions/list-models.ts";
export * from "./predictions/predictions.ts";

export * from "./queue/list-jobs.ts";
export * from "./queue/move-job.ts";
export { reapLostRuns } from "./queue/reap-lost-runs.ts";
export * from "./queue/start-queue.ts";
export * from "./queue/work.ts";
export * from "./workers/pairing.ts";
export * from "./workers/workers.ts";

export {
  type AuditInput,
  type AuditRow,
  listAudit,
  type ListAuditInput,
  recordAudit,
} from "./people/audit.ts";
export * from "./webhooks/deliveries.ts";
export * from "./webhooks/webhooks.ts";
export { authDatabase } from "./people/auth-database.ts";
export * from "./people/api-tokens.ts";
export * from "./people/invitations.ts";
export * from "./people/members.ts";
