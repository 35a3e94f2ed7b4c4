import { and, arrayContains, asc, count, eq, gt, ilike, max, min, lt, type SQL } from "drizzle-orm";
import type { Database } from "../client.ts";
import { NotFoundError } from "../errors.ts";
import { decodeCursor, type Page, toPage } from "../page.ts";
import { image } from "../schema/index.ts";

const columns = {
  key: image.key,
  id: image.name,
  idx: image.idx,
  split: image.split,
  width: image.width,
  height: image.height,
  labels: image.labels,
  hasMask: image.hasMask,
};

export interface ImageRow {
  readonly key: string;
  /** Name of the user's file, without its extension. */
  readonly id: string;
  readonly idx: number;
  readonly split: string;
  readonly width: number;
  readonly height: number;
  readonly labels: number[];
  readonly hasMask: boolean;
}

export interface ListImagesInput {
  /** Hash of the dataset version. */
  readonly dataset: string;
  readonly split?: string;
  /** Class index. */
  readonly label?: number;
  readonly hasMask?: boolean;
  /** Part of the file name. */
  readonly search?: string;
  readonly limit?: number;
  readonly cursor?: string;
  readonly withTotal?: boolean;
}

/** Images in the order of the manifest. */
export async function listImages(db: Database, input: ListImagesInput): Promise<Page<ImageRow>> {
  const { limit = 60, cursor, withTotal = false } = input;
  const filter = filterOf(input);
  const after = cursor === undefined ? undefined : gt(image.idx, Number(decodeCursor(cursor)[0]));
  const [rows, totals] = await Promise.all([
    db.drizzle
      .select(columns)
      .from(image)
      .where(and(filter, after))
      .orderBy(asc(image.idx))
      .limit(limit + 1),
    withTotal ? db.drizzle.select({ total: count() }).from(image).where(filter) : [],
  ]);
  return toPage(rows, limit, (row) => [row.idx], totals[0]?.total ?? null);
}

function filterOf({ dataset, split, label, hasMask, search }: ListImagesInput): SQL | undefined {
  return and(
    eq(image.dataset, dataset),
    split === undefined ? undefined : eq(image.split, split),
    label === undefined ? undefined : arrayContains(image.labels, [label]),
    hasMask === undefined ? undefined : eq(image.hasMask, hasMask),
    search ? ilike(image.name, `%${search.replace(/[\\%_]/g, "\\$&")}%`) : undefined,
  );
}

export interface ImageDetail extends ImageRow {
  readonly previousKey: string | null;
  readonly nextKey: string | null;
}

/** One image and its neighbours in the same split. */
export async function getImage(
  db: Database,
  { dataset, key }: { dataset: string; key: string },
): Promise<ImageDetail> {
  const [row] = await db.drizzle
    .select(columns)
    .from(image)
    .where(and(eq(image.dataset, dataset), eq(image.key, key)));
  if (!row) throw new NotFoundError(`image ${key}: not in dataset ${dataset.slice(0, 12)}.`);
  const inSplit = and(eq(image.dataset, dataset), eq(image.split, row.split));
  const neighbour = async (where: SQL, pick: SQL<number | null>): Promise<string | null> => {
    const at = db.drizzle.select({ idx: pick }).from(image).where(and(inSplit, where));
    const [found] = await db.drizzle
      .select({ key: image.key })
      .from(image)
      .where(and(eq(image.dataset, dataset), eq(image.idx, at)));
    return found?.key ?? null;
  };
  const [previousKey, nextKey] = await Promise.all([
    neighbour(lt(image.idx, row.idx), max(image.idx)),
    neighbour(gt(image.idx, row.idx), min(image.idx)),
  ]);
  return { ...row, previousKey, nextKey };
}
