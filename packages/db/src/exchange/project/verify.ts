import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { pipeline } from "node:stream/promises";
import {
  ArtifactError,
  type ArtifactManifest,
  artifactManifestSchema,
  DatasetError,
  type DatasetManifest,
  datasetManifestSchema,
  maskPath,
  thumbnailPath,
} from "@seedmask/core/contract";
import { datasetHash, decodeLabels, type HashedImage, imageKey } from "@seedmask/core/masks";

const sha256 = (bytes: Uint8Array | string): string =>
  createHash("sha256").update(bytes).digest("hex");

async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

async function requireExactly(
  folder: string,
  expected: ReadonlySet<string>,
): Promise<string | null> {
  const found = await filesUnder(folder);
  const extra = found.find((path) => !expected.has(path));
  if (extra !== undefined) return `a file that belongs to nothing, ${extra}`;
  return found.length === expected.size ? null : `${found.length} of ${expected.size} files`;
}

/**
 * Proves that a folder is the artefact of that name: the manifest hashes to it, the files to what the
 * manifest says, and there are no others.
 * @throws {ArtifactError} naming what is wrong
 */
export async function verifyArtifact(folder: string, hash: string): Promise<ArtifactManifest> {
  const refuse = (found: string, cause?: unknown): ArtifactError =>
    new ArtifactError(
      `artefact ${hash.slice(0, 12)}: expected the content its name stands for, got ${found}. Export the project again.`,
      { cause },
    );
  const bytes = await readFile(join(folder, "manifest.json")).catch((cause: unknown) => {
    throw refuse("no manifest", cause);
  });
  if (sha256(bytes) !== hash) throw refuse("another manifest");
  const manifest = artifactManifestSchema.parse(JSON.parse(bytes.toString()));
  const expected = new Set(["manifest.json", ...manifest.files.map(({ path }) => path)]);
  const wrong = await requireExactly(folder, expected);
  if (wrong !== null) throw refuse(wrong);
  for (const file of manifest.files) {
    const path = join(folder, file.path);
    const { size } = await stat(path);
    if (size !== file.bytes || (await sha256OfFile(path)) !== file.sha256) {
      throw refuse(`another ${file.path}`);
    }
  }
  return manifest;
}

/**
 * Proves that a folder is the dataset version of that name, as an import would have made it.
 * @throws {DatasetError} naming what is wrong
 */
export async function verifyDataset(folder: string, hash: string): Promise<DatasetManifest> {
  const refuse = (found: string, cause?: unknown): DatasetError =>
    new DatasetError(
      `dataset ${hash.slice(0, 12)}: expected the content its name stands for, got ${found}. Export the project again.`,
      { cause },
    );
  const text = await readFile(join(folder, "dataset.json"), "utf8").catch((cause: unknown) => {
    throw refuse("no dataset.json", cause);
  });
  const manifest = datasetManifestSchema.parse(JSON.parse(text));
  const { classes, images } = manifest;
  const expected = new Set(["dataset.json"]);
  for (const { id, key, image, mask } of images) {
    const named = new RegExp(`^images/${key}\\.(jpg|png)$`).test(image);
    if (key !== imageKey(id) || !named || (mask !== null && mask !== maskPath(key))) {
      throw refuse(`an image under a name that is not its own, ${JSON.stringify(id)}`);
    }
    for (const path of [image, thumbnailPath(key), ...(mask === null ? [] : [mask])]) {
      expected.add(path);
    }
  }
  const wrong = await requireExactly(folder, expected);
  if (wrong !== null) throw refuse(wrong);
  const hashed: HashedImage[] = [];
  for (const entry of images) {
    const image = await sha256OfFile(join(folder, entry.image));
    const labels =
      entry.mask === null
        ? null
        : decodeLabels(await readFile(join(folder, entry.mask)), entry.mask).data;
    hashed.push({ entry, hashes: { image, mask: labels === null ? null : sha256(labels) } });
  }
  if (manifest.hash !== hash || datasetHash(classes, hashed) !== hash) throw refuse("other images");
  return manifest;
}
