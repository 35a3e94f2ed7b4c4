import {
  type ArtifactKind,
  type DatasetImage,
  type LabelMap,
  maskPath,
} from "../contract/index.ts";
import { decodeLabels } from "../data/label-file.ts";
import { startProgress } from "./progress.ts";
import type { StageContext } from "./stage.ts";

/** Masks of images as file bytes, in the order they become ready. */
export type MaskMaker = (
  entries: readonly DatasetImage[],
) => AsyncIterable<{ readonly item: DatasetImage; readonly output: { readonly mask: Uint8Array } }>;

/** Puts a mask of every image into a draft; those that lie there from before a restart are kept. */
export async function putMasks(
  context: StageContext,
  kind: ArtifactKind,
  entries: readonly DatasetImage[],
  make: MaskMaker,
): Promise<void> {
  const draft = context.draft(kind);
  const open: DatasetImage[] = [];
  for (const entry of entries) if (!(await draft.has(maskPath(entry.key)))) open.push(entry);
  let done = entries.length - open.length;
  const progress = startProgress(context, { total: entries.length, unit: "image", from: done });
  for await (const { item, output } of make(open)) {
    await draft.put(maskPath(item.key), output.mask);
    done += 1;
    await progress.reach(done);
  }
}

/** Reads masks back that were put into a draft. */
export const labelsOfDraft =
  (context: StageContext, kind: ArtifactKind) =>
  async (entry: DatasetImage): Promise<LabelMap> => {
    const path = maskPath(entry.key);
    return decodeLabels(await context.draft(kind).read(path), path);
  };
