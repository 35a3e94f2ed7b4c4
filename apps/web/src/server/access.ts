import type { TokenScope } from "@seedmask/core/contract";

/**
 * Which scope lets an API token call a procedure. One that is not here is for people who have signed
 * in: tokens make no tokens, invite nobody and read no audit log.
 */
export const TOKEN_ACCESS: Readonly<Record<string, TokenScope>> = {
  "datasets.compareVersions": "dataset:read",
  "datasets.get": "dataset:read",
  "datasets.image": "dataset:read",
  "datasets.images": "dataset:read",
  "datasets.list": "dataset:read",
  "datasets.versions": "dataset:read",
  "datasets.getImport": "dataset:write",
  "datasets.import": "dataset:write",
  "datasets.importPreview": "dataset:write",
  "datasets.imports": "dataset:write",
  "datasets.removeVersion": "dataset:write",
  "evaluations.classBreakdown": "run:read",
  "evaluations.get": "run:read",
  "evaluations.list": "run:read",
  "events.follow": "run:read",
  "evidence.classifier": "run:read",
  "evidence.coOccurrence": "dataset:read",
  "evidence.doubts": "run:read",
  "evidence.list": "run:read",
  "evidence.partner": "run:read",
  "evidence.review": "run:read",
  "gallery.compareImages": "run:read",
  "gallery.imageResults": "run:read",
  "gallery.list": "run:read",
  "leaderboard.policies": "run:read",
  "leaderboard.rows": "run:read",
  "logs.search": "run:read",
  "predictions.get": "run:read",
  "predictions.mine": "run:read",
  "predictions.models": "run:read",
  "recipes.list": "run:read",
  "runs.counts": "run:read",
  "runs.get": "run:read",
  "runs.lineage": "run:read",
  "runs.list": "run:read",
  "runs.metricNames": "run:read",
  "runs.metrics": "run:read",
  "runs.plan": "run:read",
  "runs.create": "run:create",
  "runs.duplicate": "run:create",
  "runs.cancel": "run:write",
  "runs.remove": "run:write",
  "runs.rename": "run:write",
  "runs.retry": "run:write",
  "runs.retryStage": "run:write",
  "runs.tag": "run:write",
  "workers.get": "run:read",
  "sweeps.cancel": "run:write",
  "sweeps.create": "run:create",
  "sweeps.get": "run:read",
  "sweeps.list": "run:read",
  "sweeps.pause": "run:write",
  "sweeps.resume": "run:write",
  "workers.jobs": "run:read",
  "workers.list": "run:read",
};

/** A caller, as far as scopes go: `scopes` is null where a person signed in. */
interface Scoped {
  readonly scopes: readonly TokenScope[] | null;
}

/** Why a token may not do this; null where it may. */
export function scopeRefusal({ scopes }: Scoped, needed: TokenScope | undefined): string | null {
  if (scopes === null) return null;
  if (needed === undefined) return "API tokens cannot do this. Sign in to the dashboard.";
  if (scopes.includes(needed)) return null;
  return `This token lacks the scope ${needed}; it has ${scopes.join(", ")}. Make one that has it.`;
}
