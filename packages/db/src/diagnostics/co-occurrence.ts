import { sql } from "drizzle-orm";
import type { Database } from "../client.ts";

export interface CoOccurrence {
  readonly images: number;
  /** Row-major C × C images that hold both classes; the diagonal holds images per class. */
  readonly counts: number[];
}

/** How often image-level labels meet in one split. */
export async function coOccurrence(
  db: Database,
  { dataset, split }: { dataset: string; split: string },
): Promise<CoOccurrence> {
  const { rows } = await db.drizzle.execute<Record<string, unknown>>(sql`
    with own as (select labels from image where dataset = ${dataset} and split = ${split}),
    pair as (
      select a, b, count(*)::int as n from own, unnest(labels) as a, unnest(labels) as b
      group by a, b
    )
    select (select count(*)::int from own) as images,
      (select cardinality(classes) from dataset_version where hash = ${dataset}) as classes,
      coalesce((select jsonb_agg(jsonb_build_array(a, b, n)) from pair), '[]') as pairs`);
  const [row] = rows;
  const classes = Number(row?.["classes"] ?? 0);
  const counts = Array.from({ length: classes * classes }, () => 0);
  for (const [a, b, n] of (row?.["pairs"] ?? []) as [number, number, number][]) {
    counts[a * classes + b] = n;
  }
  return { images: Number(row?.["images"] ?? 0), counts };
}

export interface PartnerSide {
  readonly images: number;
  /** Of the class, over the pixels of these images; null where it occurs in none. */
  readonly iou: number | null;
  readonly precision: number | null;
  readonly recall: number | null;
}

export interface PartnerEffect {
  readonly together: PartnerSide;
  readonly alone: PartnerSide;
}

/** How well a class is segmented in images that hold its partner, and in those that do not. */
export async function partnerEffect(
  db: Database,
  input: { evaluationId: number; classIndex: number; partner: number },
): Promise<PartnerEffect> {
  const { evaluationId, classIndex, partner } = input;
  const { rows } = await db.drizzle.execute<Record<string, unknown>>(sql`
    select ${partner}::smallint = any(image.labels) as together, count(*)::int as images,
      sum(c.true_positives)::float8 as hits, sum(c.false_positives)::float8 as extra,
      sum(c.false_negatives)::float8 as missed
    from image_class_iou c join image on image.id = c.image_id
    where c.evaluation_id = ${evaluationId} and c.label = ${classIndex + 1}
      and ${classIndex}::smallint = any(image.labels)
    group by 1`);
  const side = (together: boolean): PartnerSide => {
    const row = rows.find((one) => one["together"] === together);
    const of = (name: string): number => Number(row?.[name] ?? 0);
    const ratio = (whole: number): number | null => (whole === 0 ? null : of("hits") / whole);
    return {
      images: of("images"),
      iou: ratio(of("hits") + of("extra") + of("missed")),
      precision: ratio(of("hits") + of("extra")),
      recall: ratio(of("hits") + of("missed")),
    };
  };
  return { together: side(true), alone: side(false) };
}
