import { sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { getDatasetVersion } from "./list-datasets.ts";

/** Images listed of each kind of change; the counts are of all. */
const LISTED = 100;

export interface ChangedImage {
  readonly id: string;
  /** Key in the newer version, in the older one where it was removed. */
  readonly key: string;
  readonly before: ImageFacts | null;
  readonly after: ImageFacts | null;
}

interface ImageFacts {
  readonly split: string;
  /** Class names, so that a class inserted in the list is no change of every image. */
  readonly labels: readonly string[];
  readonly hasMask: boolean;
  readonly size: readonly [width: number, height: number];
}

export type VersionDiff = Awaited<ReturnType<typeof compareDatasetVersions>>;

/**
 * What differs between two versions: classes, images there in one only, and images whose split, labels,
 * ground truth or size changed. Pixels are not compared.
 */
export async function compareDatasetVersions(
  db: Database,
  { from, to }: { readonly from: string; readonly to: string },
) {
  const [older, newer] = await Promise.all([
    getDatasetVersion(db, from),
    getDatasetVersion(db, to),
  ]);
  const { rows } = await db.drizzle.execute<Record<string, unknown>>(sql`
    with facts as (
      select image.*, array(select version.classes[label + 1] from unnest(image.labels) as label
        order by 1) as names
      from image join dataset_version as version on version.hash = image.dataset
      where version.hash in (${older.hash}, ${newer.hash})),
    pairs as (
      select coalesce(after.name, before.name) as id, coalesce(after.key, before.key) as key,
        ${factsOf("before")} as before, ${factsOf("after")} as after,
        case when before.id is null then 'added' when after.id is null then 'removed'
          else 'changed' end as kind
      from (select * from facts where dataset = ${older.hash}) as before
      full join (select * from facts where dataset = ${newer.hash}) as after using (name)
      where before.id is null or after.id is null
        or (before.split, before.names, before.has_mask, before.width, before.height)
          is distinct from (after.split, after.names, after.has_mask, after.width, after.height))
    select kind, id, key, before, after, total from (
      select *, row_number() over (partition by kind order by id) as place,
        count(*) over (partition by kind)::int as total from pairs) as placed
    where place <= ${LISTED} order by kind, id`);
  const of = (kind: string) => {
    const all = rows.filter((row) => row["kind"] === kind);
    return {
      total: Number(all[0]?.["total"] ?? 0),
      images: all.map((row): ChangedImage => ({
        id: String(row["id"]),
        key: String(row["key"]),
        before: row["before"] as ImageFacts | null,
        after: row["after"] as ImageFacts | null,
      })),
    };
  };
  const lacking = (one: readonly string[], other: readonly string[]): string[] =>
    one.filter((name) => !other.includes(name));
  return {
    older: { hash: older.hash, version: older.version, images: older.images },
    newer: { hash: newer.hash, version: newer.version, images: newer.images },
    classes: {
      added: lacking(newer.classes, older.classes),
      removed: lacking(older.classes, newer.classes),
    },
    added: of("added"),
    removed: of("removed"),
    changed: of("changed"),
  };
}

function factsOf(side: "before" | "after") {
  const column = (name: string) => sql.raw(`${side}.${name}`);
  return sql`case when ${column("id")} is null then null else json_build_object(
    'split', ${column("split")}, 'labels', ${column("names")}, 'hasMask', ${column("has_mask")},
    'size', json_build_array(${column("width")}, ${column("height")})) end`;
}
