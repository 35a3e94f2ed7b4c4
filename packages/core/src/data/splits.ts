import { createHash } from "node:crypto";

/** Share of images that a split made by us gives to validation. */
const VALIDATION_SHARE = 0.2;

const digest = (id: string): string => createHash("sha256").update(id).digest("hex");

/**
 * Train and val for datasets that bring no split: drawn by the hash of the id, so the same images
 * always fall on the same side, and at least one stays in each where there are two.
 */
export function hashedSplit(ids: readonly string[]): Map<string, string> {
  const drawn = ids.map((id) => ({ id, order: digest(id) }));
  const sorted = drawn.toSorted((a, b) => (a.order < b.order ? -1 : 1));
  const validation = ids.length < 2 ? 0 : Math.max(1, Math.round(ids.length * VALIDATION_SHARE));
  return new Map(sorted.map(({ id }, index) => [id, index < validation ? "val" : "train"]));
}

const SPLIT_FOLDER = /^(train|val|valid|validation|test)(?:[-_]?\d+)?$/i;

/** Split named by a folder: `train2017` → train, `valid` → val. Null where the name is no split's. */
export function splitOfFolder(folder: string): string | null {
  const name = SPLIT_FOLDER.exec(folder)?.[1]?.toLowerCase();
  return name === "valid" || name === "validation" ? "val" : (name ?? null);
}
