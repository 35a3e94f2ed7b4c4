import type { StageName } from "@seedmask/core/contract";
import { and, asc, desc, eq, gt, gte, ilike, inArray, lt, type SQL } from "drizzle-orm";
import type { Database } from "../client.ts";
import { type LOG_LEVELS, runEvent } from "../schema/index.ts";

export interface SearchLogsInput {
  readonly runId: string;
  readonly stage?: StageName;
  readonly levels?: readonly (typeof LOG_LEVELS)[number][];
  /** Substring, any case. */
  readonly query?: string;
  /** At most one of these; none means the newest lines. */
  readonly before?: number;
  readonly after?: number;
  readonly around?: number;
  readonly limit?: number;
}

export interface LogLine {
  readonly id: number;
  readonly at: Date;
  readonly stage: StageName | null;
  readonly level: (typeof LOG_LEVELS)[number];
  readonly message: string;
}

export interface LogWindow {
  readonly lines: LogLine[];
  /** Whether matching lines lie before and after this window. */
  readonly earlier: boolean;
  readonly later: boolean;
}

/** A window of a run's log, oldest line first, searched on the server. */
export async function searchLogs(db: Database, input: SearchLogsInput): Promise<LogWindow> {
  const limit = input.limit ?? 2000;
  const rows = (where: SQL | undefined, forward: boolean, count: number): Promise<LogLine[]> =>
    readLines(db, and(filterOf(input), where), forward, count);

  if (input.after !== undefined) {
    const lines = await rows(gt(runEvent.id, input.after), true, limit + 1);
    return { lines: lines.slice(0, limit), earlier: true, later: lines.length > limit };
  }
  if (input.around !== undefined) {
    const half = Math.floor(limit / 2);
    const [before, after] = await Promise.all([
      rows(lt(runEvent.id, input.around), false, half + 1),
      rows(gte(runEvent.id, input.around), true, half + 1),
    ]);
    const lines = [...before.slice(0, half).toReversed(), ...after.slice(0, half)];
    return { lines, earlier: before.length > half, later: after.length > half };
  }
  const bound = input.before === undefined ? undefined : lt(runEvent.id, input.before);
  const lines = await rows(bound, false, limit + 1);
  return {
    lines: lines.slice(0, limit).toReversed(),
    earlier: lines.length > limit,
    later: bound !== undefined,
  };
}

function filterOf({ runId, stage, levels, query }: SearchLogsInput): SQL | undefined {
  return and(
    eq(runEvent.run, runId),
    eq(runEvent.type, "log"),
    stage ? eq(runEvent.stage, stage) : undefined,
    levels ? inArray(runEvent.level, [...levels]) : undefined,
    query ? ilike(runEvent.message, `%${query.replace(/[\\%_]/g, "\\$&")}%`) : undefined,
  );
}

async function readLines(
  db: Database,
  where: SQL | undefined,
  forward: boolean,
  limit: number,
): Promise<LogLine[]> {
  const rows = await db.drizzle
    .select({
      id: runEvent.id,
      at: runEvent.at,
      stage: runEvent.stage,
      level: runEvent.level,
      message: runEvent.message,
    })
    .from(runEvent)
    .where(where)
    .orderBy(forward ? asc(runEvent.id) : desc(runEvent.id))
    .limit(limit);
  return rows.map((row) => ({ ...row, level: row.level ?? "info", message: row.message ?? "" }));
}
