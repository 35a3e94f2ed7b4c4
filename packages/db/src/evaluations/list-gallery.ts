import type { StageName } from "@seedmask/core/contract";
import { sql, type SQL } from "drizzle-orm";
import type { Database } from "../client.ts";
import { decodeCursor, type Page, toPage } from "../page.ts";

export interface ListGalleryInput {
  /** One per stage or run to show; a tile belongs to one of them. */
  readonly evaluationIds: readonly number[];
  readonly split?: string;
  /** Label id: only images where it occurs in truth or prediction, and the IoU is of that label. */
  readonly label?: number;
  /** Class indices the image must be labelled with, and must not. */
  readonly has?: number;
  readonly lacks?: number;
  readonly sort?: { readonly by: "iou" | "id"; readonly direction: "asc" | "desc" };
  readonly minIou?: number;
  readonly maxIou?: number;
  readonly limit?: number;
  readonly cursor?: string;
  readonly withTotal?: boolean;
}

export interface GalleryTile {
  readonly evaluationId: number;
  readonly stage: StageName;
  /** Artefact whose masks/KEY.png the tile shows. */
  readonly artifact: string;
  readonly imageKey: string;
  readonly imageId: string;
  readonly idx: number;
  readonly split: string;
  readonly width: number;
  readonly height: number;
  /** Class indices the image is labelled with. */
  readonly labels: number[];
  /** Mean over the image's labels, or of the one label asked for. 0…1 */
  readonly iou: number;
}

/**
 * One page of tiles, worst first by default.
 *
 * Each evaluation gives its own first rows from an index that is in the order asked for; only those
 * are merged and joined, so the cost follows the page and not the dataset.
 */
export async function listGallery(
  db: Database,
  input: ListGalleryInput,
): Promise<Page<GalleryTile>> {
  const { limit = 60, cursor, withTotal = false } = input;
  const { by, direction } = input.sort ?? { by: "iou", direction: "asc" };
  const order = sql.raw(direction);
  const ordered = by === "iou" ? sql`iou ${order}, image_id ${order}` : sql`image_id ${order}`;
  const source = sourceOf(input);
  const where = conditionsOf(input);
  const beyond = sql.raw(direction === "asc" ? ">" : "<");
  const after = cursor === undefined ? sql`` : afterCursor(cursor, by, beyond);

  const page = sql`
    select m.evaluation_id, m.image_id, m.iou, e.stage, e.artifact, image.key, image.name,
      image.idx, image.split, image.width, image.height, image.labels
    from (
      select * from unnest(${sql.param([...input.evaluationIds])}::int[]) as wanted(evaluation)
      cross join lateral (
        select s.evaluation_id, s.image_id, s.iou from ${source} s
        where s.evaluation_id = wanted.evaluation ${where} ${after}
        order by ${by === "iou" ? sql`s.iou ${order}, s.image_id ${order}` : sql`s.image_id ${order}`}
        limit ${limit + 1}
      ) as part
      order by ${ordered}, evaluation_id ${order} limit ${limit + 1}
    ) as m
    join evaluation e on e.id = m.evaluation_id join image on image.id = m.image_id
    order by ${ordered}, evaluation_id ${order}`;
  const [{ rows }, total] = await Promise.all([
    db.drizzle.execute<Record<string, unknown>>(page),
    withTotal ? countTiles(db, input, source, where) : null,
  ]);
  const tiles = toPage(
    rows,
    limit,
    (row) => [row["iou"] as number, row["image_id"] as number, row["evaluation_id"] as number],
    total,
  );
  return { ...tiles, rows: tiles.rows.map((row) => toTile(row)) };
}

const sourceOf = ({ label }: ListGalleryInput): SQL =>
  sql.raw(label === undefined ? "image_iou" : "image_class_iou");

function conditionsOf({ label, split, minIou, maxIou, has, lacks }: ListGalleryInput): SQL {
  const labelled = (index: number | undefined): SQL =>
    sql`exists (select 1 from image i where i.id = s.image_id and ${index}::smallint = any(i.labels))`;
  const inSplit = sql`exists (select 1 from image i where i.id = s.image_id and i.split = ${split})`;
  return sql.join(
    [
      label === undefined ? sql`` : sql`and s.label = ${label}`,
      minIou === undefined ? sql`` : sql`and s.iou >= ${minIou}::real`,
      maxIou === undefined ? sql`` : sql`and s.iou <= ${maxIou}::real`,
      split === undefined ? sql`` : sql`and ${inSplit}`,
      has === undefined ? sql`` : sql`and ${labelled(has)}`,
      lacks === undefined ? sql`` : sql`and not ${labelled(lacks)}`,
    ],
    sql` `,
  );
}

function afterCursor(cursor: string, by: "iou" | "id", beyond: SQL): SQL {
  const [iou, imageId, evaluationId] = decodeCursor(cursor);
  return by === "iou"
    ? sql`and (s.iou, s.image_id, s.evaluation_id) ${beyond} (${iou}::real, ${imageId}::int, ${evaluationId}::int)`
    : sql`and (s.image_id, s.evaluation_id) ${beyond} (${imageId}::int, ${evaluationId}::int)`;
}

async function countTiles(
  db: Database,
  { evaluationIds }: ListGalleryInput,
  source: SQL,
  where: SQL,
): Promise<number> {
  const { rows } = await db.drizzle.execute<{ total: number }>(sql`
    select count(*)::int as total from ${source} s
    where s.evaluation_id = any(${sql.param([...evaluationIds])}::int[]) ${where}`);
  return rows[0]!.total;
}

const toTile = (row: Record<string, unknown>): GalleryTile => ({
  evaluationId: row["evaluation_id"] as number,
  stage: row["stage"] as StageName,
  artifact: row["artifact"] as string,
  imageKey: row["key"] as string,
  imageId: row["name"] as string,
  idx: row["idx"] as number,
  split: row["split"] as string,
  width: row["width"] as number,
  height: row["height"] as number,
  labels: row["labels"] as number[],
  iou: row["iou"] as number,
});
