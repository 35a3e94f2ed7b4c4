import { artifactManifestKey, artifactManifestSchema, maskPath } from "@seedmask/core/contract";
import { type ImageRow, listImages } from "../../index.ts";
import type { ExportSource, MaskStage } from "./source.ts";

const IMAGES_A_PAGE = 200;

/** Images of the run's dataset that have a mask in the artefact, in the dataset's order. */
export async function* masksOf(
  { db, files }: ExportSource,
  { run, artifact }: MaskStage,
): AsyncGenerator<ImageRow> {
  const text = await files.get(artifactManifestKey(artifact));
  const { files: listed } = artifactManifestSchema.parse(JSON.parse(text));
  const paths = new Set(listed.map(({ path }) => path));
  let cursor: string | undefined;
  do {
    const page = await listImages(db, {
      dataset: run.dataset.hash,
      limit: IMAGES_A_PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const image of page.rows) if (paths.has(maskPath(image.key))) yield image;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}

/** A user's id as the path of a file: nothing that climbs out of the folder or breaks an archive. */
export const safePath = (id: string): string =>
  id
    .replaceAll("\\", "/")
    .split("/")
    .map((part) => part.replace(/[\p{Cc}<>:"|?*]/gu, "_"))
    .filter((part) => part !== "" && part !== "." && part !== "..")
    .join("/") || "_";
