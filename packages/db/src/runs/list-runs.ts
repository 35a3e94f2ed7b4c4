import { RUN_STATUSES, type RunStatus } from "@seedmask/core/contract";
import { and, asc, count, desc, eq, isNull, or, sql, type SQL } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Database } from "../client.ts";
import { type CursorKey, decodeCursor, type Page, toPage } from "../page.ts";
import { datasetVersion, run, stageRun, user } from "../schema/index.ts";
import { type RunFilter, runFilter } from "./run-filter.ts";

/** What a row of the table may show; only what is asked for is read. */
const COLUMNS = {
  name: run.name,
  title: run.title,
  status: run.status,
  stage: run.stage,
  tags: run.tags,
  recipe: run.recipe,
  dataset: run.dataset,
  datasetName: datasetVersion.dataset,
  datasetVersion: datasetVersion.version,
  supervision: run.supervision,
  seed: run.seed,
  group: run.group,
  parent: run.parent,
  ownerName: user.name,
  meanIou: run.meanIou,
  meanIouStage: run.meanIouStage,
  duration: run.duration,
  createdAt: run.createdAt,
  startedAt: run.startedAt,
  finishedAt: run.finishedAt,
  errorMessage: sql<string | null>`${run.error} ->> 'message'`.as("error_message"),
  stagesDone: sql<number>`(select count(*)::int from ${stageRun}
    where ${stageRun.run} = ${run.id} and ${stageRun.status} in ('succeeded', 'cached'))`.as(
    "stages_done",
  ),
  stagesTotal: sql<number>`(select count(*)::int from ${stageRun}
    where ${stageRun.run} = ${run.id})`.as("stages_total"),
  progress: sql<(typeof stageRun.$inferSelect)["progress"]>`(select ${stageRun.progress}
    from ${stageRun} where ${stageRun.run} = ${run.id} and ${stageRun.stage} = ${run.stage})`.as(
    "progress",
  ),
  /** IoU by label of the evaluation that `meanIou` comes from; null where there is none. */
  classIous: sql<(number | null)[] | null>`(select array_agg(c.iou order by c.label)
    from stage_evaluation s join evaluation e on e.id = s.evaluation_id
      join class_iou c on c.evaluation_id = e.id
    where s.run_id = ${run.id} and e.stage = ${run.meanIouStage}
      and e.split = ${run.config} ->> 'evaluationSplit')`.as("class_ious"),
};

export type RunColumn = keyof typeof COLUMNS;
export const RUN_COLUMNS = Object.keys(COLUMNS) as RunColumn[];

const SORTS = {
  createdAt: run.createdAt,
  name: run.name,
  status: run.status,
  meanIou: run.meanIou,
  duration: run.duration,
} satisfies Record<string, PgColumn>;
export type RunSort = keyof typeof SORTS;

export interface ListRunsInput<C extends RunColumn> {
  readonly filter?: RunFilter;
  readonly sort?: { readonly by: RunSort; readonly direction: "asc" | "desc" };
  readonly columns?: readonly C[];
  readonly limit?: number;
  readonly cursor?: string;
  readonly withTotal?: boolean;
}

const DEFAULT_COLUMNS = [
  "name", "title", "status", "stage", "tags", "recipe", "datasetName", "datasetVersion",
  "supervision", "seed", "group", "ownerName", "meanIou", "meanIouStage", "duration", "createdAt",
  "finishedAt",
] as const satisfies RunColumn[]; // prettier-ignore

export type RunListRow<C extends RunColumn = (typeof DEFAULT_COLUMNS)[number]> = Pick<
  RunValues,
  C
> & { readonly id: string };

/** One page of the runs table: rows without a value of the sort column come last either way. */
export async function listRuns<C extends RunColumn = (typeof DEFAULT_COLUMNS)[number]>(
  db: Database,
  input: ListRunsInput<C> = {},
): Promise<Page<RunListRow<C>>> {
  const { limit = 50, withTotal = false } = input;
  const { by, direction } = input.sort ?? { by: "createdAt", direction: "desc" };
  const chosen: readonly RunColumn[] = input.columns ?? DEFAULT_COLUMNS;
  const column = SORTS[by];
  const filter = runFilter(input.filter ?? {});
  const order = direction === "asc" ? asc : desc;
  const key = sql<string | number | null>`${column}::text`.as("sort_key");
  const selection = Object.fromEntries(chosen.map((name) => [name, COLUMNS[name]]));
  const [rows, totals] = await Promise.all([
    db.drizzle
      .select({ id: run.id, key, ...selection })
      .from(run)
      .innerJoin(datasetVersion, eq(datasetVersion.hash, run.dataset))
      .leftJoin(user, eq(user.id, run.owner))
      .where(and(filter, input.cursor ? after(column, direction, input.cursor) : undefined))
      .orderBy(column.notNull ? order(column) : sql`${order(column)} nulls last`, order(run.id))
      .limit(limit + 1),
    withTotal ? db.drizzle.select({ total: count() }).from(run).where(filter) : [],
  ]);
  const page = toPage(rows, limit, (row): CursorKey => [row.key, row.id], totals[0]?.total ?? null);
  return { ...page, rows: page.rows.map((row) => withoutKey<RunListRow<C>>(row)) };
}

/** The sort key has done its work in the cursor. */
const withoutKey = <Row>(row: object): Row =>
  Object.fromEntries(Object.entries(row).filter(([name]) => name !== "key")) as Row;

function after(column: PgColumn, direction: "asc" | "desc", cursor: string): SQL | undefined {
  const [value, id] = decodeCursor(cursor);
  const beyond = sql.raw(direction === "asc" ? ">" : "<");
  if (value === null) return and(isNull(column), sql`${run.id} ${beyond} ${id}`);
  const typed = sql`${value}::text::${sql.raw(column.getSQLType())}`;
  const rest = sql`(${column}, ${run.id}) ${beyond} (${typed}, ${id})`;
  return column.notNull ? rest : or(rest, isNull(column));
}

export async function countRunsByStatus(db: Database): Promise<Record<RunStatus, number>> {
  const rows = await db.drizzle
    .select({ status: run.status, runs: count() })
    .from(run)
    .groupBy(run.status);
  const counts = new Map(rows.map(({ status, runs }) => [status, runs]));
  const entries = RUN_STATUSES.map((status) => [status, counts.get(status) ?? 0] as const);
  return Object.fromEntries(entries) as Record<RunStatus, number>;
}

type RunValues = {
  [C in RunColumn]: (typeof COLUMNS)[C] extends PgColumn
    ? ColumnValue<(typeof COLUMNS)[C], C>
    : (typeof COLUMNS)[C] extends { readonly sql: SQL<infer V> } | SQL.Aliased<infer V>
      ? V
      : never;
};
type ColumnValue<T extends PgColumn, C> =
  | T["_"]["data"]
  | (C extends "ownerName" ? null : T["_"]["notNull"] extends true ? never : null);
