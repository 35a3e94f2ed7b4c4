/** Rows in bulk, for those who want to see the dashboard as it is after years. */
export { recordFinishedRun } from "./record-finished-run.ts";
export { seedRuns, type SeedRunsOptions } from "./seed-runs.ts";
