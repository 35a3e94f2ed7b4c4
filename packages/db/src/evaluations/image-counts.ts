import { asc, eq, gt, and } from "drizzle-orm";
import type { Database } from "../client.ts";
import { image, imageClassIou } from "../schema/index.ts";

export type ImageCountsRow = Awaited<ReturnType<typeof pageOf>>[number];

const IMAGES_A_PAGE = 500;

/** Counts of every label in every image of an evaluation, image by image; a page in memory at a time. */
export async function* readImageCounts(
  db: Database,
  evaluationId: number,
): AsyncGenerator<ImageCountsRow> {
  let after = 0;
  for (;;) {
    const rows = await pageOf(db, evaluationId, after);
    yield* rows;
    const last = rows.at(-1);
    if (!last) return;
    after = last.image;
  }
}

async function pageOf(db: Database, evaluationId: number, after: number) {
  const images = db.drizzle
    .selectDistinct({ id: imageClassIou.image })
    .from(imageClassIou)
    .where(and(eq(imageClassIou.evaluation, evaluationId), gt(imageClassIou.image, after)))
    .orderBy(asc(imageClassIou.image))
    .limit(IMAGES_A_PAGE)
    .as("images");
  return db.drizzle
    .select({
      image: image.id,
      imageId: image.name,
      imageKey: image.key,
      split: image.split,
      label: imageClassIou.label,
      iou: imageClassIou.iou,
      truePositives: imageClassIou.truePositives,
      falsePositives: imageClassIou.falsePositives,
      falseNegatives: imageClassIou.falseNegatives,
    })
    .from(images)
    .innerJoin(image, eq(image.id, images.id))
    .innerJoin(
      imageClassIou,
      and(eq(imageClassIou.image, images.id), eq(imageClassIou.evaluation, evaluationId)),
    )
    .orderBy(asc(image.id), asc(imageClassIou.label));
}
