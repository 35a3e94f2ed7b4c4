import { ERROR_CAUSES, type ErrorCause } from "@seedmask/core/contract";
import { sql, type SQL } from "drizzle-orm";
import type { Database } from "../client.ts";
import { ANY_CAUSE } from "../evaluations/record-evaluation.ts";
import { decodeCursor, type Page, toPage } from "../page.ts";

/**
 * What images are ranked by, worst first: errors of an evaluation against ground truth, or what a
 * stage's masks give away without any.
 */
export type ReviewSource =
  | { readonly by: "error"; readonly evaluationId: number; readonly cause: ErrorCause | null }
  | { readonly by: "disagreement" | "entropy"; readonly diagnosticId: number };

export interface ReviewRow {
  readonly imageKey: string;
  readonly imageId: string;
  readonly width: number;
  readonly height: number;
  /** Class indices. */
  readonly labels: number[];
  /** Share of pixels, or mean entropy, 0…1. */
  readonly value: number;
}

function sourceOf(source: ReviewSource): { rows: SQL; column: SQL } {
  if (source.by === "error") {
    const cause = source.cause === null ? ANY_CAUSE : ERROR_CAUSES.indexOf(source.cause);
    return {
      rows: sql`image_error s where s.evaluation_id = ${source.evaluationId} and s.cause = ${cause}`,
      column: sql`s.share`,
    };
  }
  const column = sql`s.${sql.raw(source.by)}`;
  const rows = sql`image_doubt s where s.diagnostic_id = ${source.diagnosticId} and ${column} is not null`;
  return { rows, column };
}

/** One page of the images most worth a look, worst first, with how many there are. */
export async function listReview(
  db: Database,
  { source, limit = 24, cursor }: { source: ReviewSource; limit?: number; cursor?: string },
): Promise<Page<ReviewRow>> {
  const { rows: from, column } = sourceOf(source);
  const [value, id] = cursor === undefined ? [] : decodeCursor(cursor);
  const after =
    cursor === undefined ? sql`` : sql`and (${column}, s.image_id) < (${value}::real, ${id}::int)`;
  const [{ rows }, counted] = await Promise.all([
    db.drizzle.execute<Record<string, unknown>>(sql`
      select worst.value, image.id, image.key, image.name, image.width, image.height, image.labels
      from (
        select ${column} as value, s.image_id from ${from} ${after}
        order by ${column} desc, s.image_id desc limit ${limit + 1}
      ) as worst join image on image.id = worst.image_id
      order by worst.value desc, image.id desc`),
    db.drizzle.execute<{ total: number }>(sql`select count(*)::int as total from ${from}`),
  ]);
  const total = counted.rows[0]!.total;
  const page = toPage(rows, limit, (row) => [row["value"] as number, row["id"] as number], total);
  return {
    ...page,
    rows: page.rows.map((row) => ({
      imageKey: row["key"] as string,
      imageId: row["name"] as string,
      width: row["width"] as number,
      height: row["height"] as number,
      labels: row["labels"] as number[],
      value: row["value"] as number,
    })),
  };
}
