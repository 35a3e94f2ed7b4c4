import type { RunStatus } from "@seedmask/core/contract";
import {
  and,
  arrayContains,
  arrayOverlaps,
  eq,
  gte,
  ilike,
  inArray,
  lte,
  not,
  or,
  type SQL,
} from "drizzle-orm";
import { run } from "../schema/index.ts";

/** All that is given must hold. */
export interface RunFilter {
  readonly ids?: readonly string[];
  readonly status?: readonly RunStatus[];
  readonly recipe?: readonly string[];
  /** Hashes of dataset versions. */
  readonly dataset?: readonly string[];
  readonly owner?: readonly string[];
  readonly group?: string;
  readonly tags?: {
    readonly any?: readonly string[];
    readonly all?: readonly string[];
    readonly none?: readonly string[];
  };
  /** Part of the name or title, or the beginning of an id. */
  readonly search?: string;
  readonly createdAfter?: Date;
  readonly createdBefore?: Date;
  readonly meanIou?: { readonly min?: number; readonly max?: number };
}

export function runFilter(filter: RunFilter): SQL | undefined {
  const { tags = {}, meanIou = {}, search } = filter;
  const pattern = search?.trim().replace(/[\\%_]/g, "\\$&");
  return and(
    filter.ids && inArray(run.id, [...filter.ids]),
    filter.status && inArray(run.status, [...filter.status]),
    filter.recipe && inArray(run.recipe, [...filter.recipe]),
    filter.dataset && inArray(run.dataset, [...filter.dataset]),
    filter.owner && inArray(run.owner, [...filter.owner]),
    filter.group === undefined ? undefined : eq(run.group, filter.group),
    tags.any && arrayOverlaps(run.tags, [...tags.any]),
    tags.all && arrayContains(run.tags, [...tags.all]),
    tags.none && not(arrayOverlaps(run.tags, [...tags.none])),
    pattern
      ? or(
          ilike(run.name, `%${pattern}%`),
          ilike(run.title, `%${pattern}%`),
          ilike(run.id, `${pattern}%`),
        )
      : undefined,
    filter.createdAfter && gte(run.createdAt, filter.createdAfter),
    filter.createdBefore && lte(run.createdAt, filter.createdBefore),
    meanIou.min === undefined ? undefined : gte(run.meanIou, meanIou.min),
    meanIou.max === undefined ? undefined : lte(run.meanIou, meanIou.max),
  );
}
