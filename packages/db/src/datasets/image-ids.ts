import { eq } from "drizzle-orm";
import type { Transaction } from "../client.ts";
import { NotFoundError } from "../errors.ts";
import { image } from "../schema/index.ts";

/** @throws {NotFoundError} for a key the dataset does not have */
export type ImageIds = (imageKey: string) => number;

/** The small numbers that per-image results point to. */
export async function imageIds(tx: Transaction, dataset: string): Promise<ImageIds> {
  const rows = await tx
    .select({ id: image.id, key: image.key })
    .from(image)
    .where(eq(image.dataset, dataset));
  const ids = new Map(rows.map(({ id, key }) => [key, id]));
  return (imageKey) => {
    const id = ids.get(imageKey);
    if (id !== undefined) return id;
    throw new NotFoundError(
      `results: image ${imageKey} is not in dataset ${dataset.slice(0, 12)}. ` +
        "Evaluate against the version the masks were made from.",
    );
  };
}
