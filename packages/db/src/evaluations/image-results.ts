import type { StageName } from "@seedmask/core/contract";
import { sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { decodeCursor, type Page, toPage } from "../page.ts";

export interface ImageClassCounts {
  readonly label: number;
  readonly iou: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
}

export interface ImageResult {
  readonly evaluationId: number;
  readonly runId: string;
  readonly stage: StageName;
  readonly artifact: string;
  readonly iou: number;
  readonly classes: ImageClassCounts[];
}

/** How well every stage of some runs did on one image, in the order of the stages. */
export async function getImageResults(
  db: Database,
  { runIds, dataset, imageKey }: { runIds: readonly string[]; dataset: string; imageKey: string },
): Promise<ImageResult[]> {
  const { rows } = await db.drizzle.execute<Record<string, unknown>>(sql`
    select e.id, s.run_id, e.stage, e.artifact, i.iou, (
      select jsonb_agg(jsonb_build_object('label', c.label, 'iou', c.iou,
        'truePositives', c.true_positives, 'falsePositives', c.false_positives,
        'falseNegatives', c.false_negatives) order by c.label)
      from image_class_iou c where c.evaluation_id = e.id and c.image_id = i.image_id
    ) as classes
    from image
      join image_iou i on i.image_id = image.id
      join evaluation e on e.id = i.evaluation_id
      join stage_evaluation s on s.evaluation_id = e.id
      join stage_run r on r.run_id = s.run_id and r.stage = s.stage
    where image.dataset = ${dataset} and image.key = ${imageKey}
      and s.run_id = any(${sql.param([...runIds])}::text[])
    order by s.run_id, r.position`);
  return rows.map((row) => ({
    evaluationId: row["id"] as number,
    runId: row["run_id"] as string,
    stage: row["stage"] as StageName,
    artifact: row["artifact"] as string,
    iou: row["iou"] as number,
    classes: (row["classes"] ?? []) as ImageClassCounts[],
  }));
}

export interface CompareImagesInput {
  /** Evaluations of the same dataset; the change is right − left. */
  readonly left: number;
  readonly right: number;
  /** Label id; the mean over an image's labels where absent. */
  readonly label?: number;
  /** `gained` shows the largest gains first, `lost` the largest losses. */
  readonly first: "gained" | "lost";
  readonly limit?: number;
  readonly cursor?: string;
}

export interface ImageChange {
  readonly imageKey: string;
  readonly imageId: string;
  readonly left: number;
  readonly right: number;
  readonly change: number;
}

/** Images that both evaluations scored, by how much their IoU changed. */
export async function compareImages(
  db: Database,
  input: CompareImagesInput,
): Promise<Page<ImageChange>> {
  const { left, right, label, first, limit = 60, cursor } = input;
  const table = sql.raw(label === undefined ? "image_iou" : "image_class_iou");
  const ofLabel = label === undefined ? sql`` : sql`and a.label = ${label} and b.label = ${label}`;
  const [order, beyond] = (first === "lost" ? ["asc", ">"] : ["desc", "<"]).map((word) =>
    sql.raw(word),
  ) as [ReturnType<typeof sql.raw>, ReturnType<typeof sql.raw>];
  const [change, id] = cursor === undefined ? [] : decodeCursor(cursor);
  const after =
    cursor === undefined ? sql`` : sql`where (change, id) ${beyond} (${change}::real, ${id}::int)`;
  const { rows } = await db.drizzle.execute<Record<string, unknown>>(sql`
    select * from (
      select image.id, image.key, image.name, a.iou as left_iou, b.iou as right_iou,
        b.iou - a.iou as change
      from ${table} a join ${table} b on b.image_id = a.image_id
        join image on image.id = a.image_id
      where a.evaluation_id = ${left} and b.evaluation_id = ${right} ${ofLabel}
    ) as compared ${after}
    order by change ${order}, id ${order} limit ${limit + 1}`);
  const page = toPage(rows, limit, (row) => [row["change"] as number, row["id"] as number]);
  return {
    ...page,
    rows: page.rows.map((row) => ({
      imageKey: row["key"] as string,
      imageId: row["name"] as string,
      left: row["left_iou"] as number,
      right: row["right_iou"] as number,
      change: row["change"] as number,
    })),
  };
}
