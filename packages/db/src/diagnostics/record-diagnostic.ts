import type { Diagnostic, MaskDoubt } from "@seedmask/core/contract";
import { eq, sql } from "drizzle-orm";
import type { Transaction } from "../client.ts";
import { contentKeyOf } from "../content-key.ts";
import { imageIds } from "../datasets/image-ids.ts";
import { diagnostic, imageDoubt } from "../schema/index.ts";

/** Records a diagnostic once, with its images; the same one again yields the same number. */
export async function recordDiagnostic(
  tx: Transaction,
  { dataset, result }: { dataset: string; result: Diagnostic },
): Promise<number> {
  const contentKey = contentKeyOf({ dataset, result });
  const { perImage, ...data } = { perImage: [], ...result };
  const [created] = await tx
    .insert(diagnostic)
    .values({ contentKey, dataset, kind: result.kind, split: result.split, data })
    .onConflictDoNothing({ target: diagnostic.contentKey })
    .returning({ id: diagnostic.id });
  if (!created) {
    const same = eq(diagnostic.contentKey, contentKey);
    const [existing] = await tx.select({ id: diagnostic.id }).from(diagnostic).where(same);
    return existing!.id;
  }
  await recordDoubts(tx, created.id, dataset, perImage);
  return created.id;
}

async function recordDoubts(
  tx: Transaction,
  diagnosticId: number,
  dataset: string,
  doubts: MaskDoubt["perImage"],
): Promise<void> {
  if (doubts.length === 0) return;
  const idOf = await imageIds(tx, dataset);
  await tx.execute(sql`
    insert into ${imageDoubt} (diagnostic_id, image_id, disagreement, entropy)
    select ${diagnosticId}, * from unnest(
      ${sql.param(doubts.map(({ imageKey }) => idOf(imageKey)))}::int[],
      ${sql.param(doubts.map(({ disagreement }) => disagreement))}::real[],
      ${sql.param(doubts.map(({ entropy }) => entropy))}::real[])`);
}
