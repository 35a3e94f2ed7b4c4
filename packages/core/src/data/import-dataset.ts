import { access, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type {
  DatasetFormat,
  DatasetImage,
  DatasetManifest,
  ValidationReport,
} from "../contract/index.ts";
import { DatasetError, datasetKey, maskPath, thumbnailPath } from "../contract/index.ts";
import { datasetHash, type HashedImage } from "./dataset-hash.ts";
import { datasetRoot, readManifest } from "./dataset.ts";
import { encodeJpeg, encodePng, encodeThumbnail } from "./image-file.ts";
import { imageKey } from "./image-key.ts";
import { createImportFolder, sweepImportFolders } from "./import-folder.ts";
import { inspectDataset } from "./inspect-dataset.ts";
import type { WorkOptions } from "./inspect-dataset.ts";
import { sha256Of } from "./inspect-image.ts";
import type { InspectedImage } from "./inspect-image.ts";
import { encodeLabels } from "./label-file.ts";
import type { RawDataset } from "./raw-dataset.ts";
import { readDataset } from "./read-dataset.ts";
import type { SourceOptions } from "./read-dataset.ts";
import { asStorageError } from "./storage-failure.ts";

export interface ImportOptions extends WorkOptions, SourceOptions {
  /** Data home; the dataset goes to `datasets/HASH` in it. */
  readonly home: string;
  /** Name of the source folder where it is not given. */
  readonly name?: string;
  /** Recorded instead of the layout's own name: the built-in generator says `synthetic`. */
  readonly recordedFormat?: DatasetFormat;
}

export interface ImportResult {
  readonly manifest: DatasetManifest;
  readonly report: ValidationReport;
  /** Equal content had been imported before; nothing was written. */
  readonly alreadyThere: boolean;
}

/** Pixels, longest side. */
const THUMBNAIL_SIDE = 160;

/** JPEG and PNG that any reader shows as we decode them are kept byte for byte. */
async function storedImage({ bytes, header, pixels }: InspectedImage) {
  if (header.plain && header.format === "jpeg") return { extension: "jpg", data: bytes };
  if (header.plain && header.format === "png") return { extension: "png", data: bytes };
  if (header.format === "jpeg") return { extension: "jpg", data: await encodeJpeg(pixels) };
  return { extension: "png", data: await encodePng(pixels) };
}

async function storeImage(
  folder: string,
  image: InspectedImage,
): Promise<{ entry: DatasetImage; hashes: HashedImage["hashes"] }> {
  const { source, pixels, mask, labels } = image;
  const key = imageKey(source.id);
  const { extension, data } = await storedImage(image);
  const imagePath = `images/${key}.${extension}`;
  await writeFile(join(folder, imagePath), data);
  await writeFile(join(folder, thumbnailPath(key)), await encodeThumbnail(pixels, THUMBNAIL_SIDE));
  if (mask !== null) await writeFile(join(folder, maskPath(key)), encodeLabels(mask));
  return {
    entry: {
      id: source.id,
      key,
      width: pixels.width,
      height: pixels.height,
      split: source.split,
      labels: [...labels],
      image: imagePath,
      mask: mask === null ? null : maskPath(key),
    },
    hashes: {
      image: sha256Of(data),
      // Over the ids, not the file: another PNG encoder changes no ground truth.
      mask: mask === null ? null : sha256Of(mask.data),
    },
  };
}

type StoredImage = Awaited<ReturnType<typeof storeImage>>;

function refusal(raw: RawDataset, report: ValidationReport): DatasetError {
  const errors = report.findings.filter(({ severity }) => severity === "error");
  const listed = errors.slice(0, 5).map(({ message, file, line }) => {
    const place = line === null ? file : `${file}:${line}`;
    return place === null ? message : `${place}: ${message}`;
  });
  const rest = errors.length > listed.length ? [`and ${errors.length - listed.length} more`] : [];
  return new DatasetError(
    `${raw.root}: expected a dataset without errors, got ${errors.length}. Correct these and import again:\n` +
      [...listed, ...rest].join("\n"),
    { details: { report } },
  );
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Moves a finished folder to its name; false where an equal import was there first. */
async function publish(folder: string, target: string): Promise<boolean> {
  if (await exists(join(target, "dataset.json"))) return false;
  try {
    await rename(folder, target);
    return true;
  } catch (cause) {
    if (await exists(join(target, "dataset.json"))) return false;
    throw cause;
  }
}

/**
 * Validates a dataset and copies it into the data home: `dataset.json`, upright RGB images, masks of
 * label ids, thumbnails. Written to a folder of its own and renamed at the end, so a dataset is there
 * whole or not at all. Equal content is imported once.
 *
 * source    folder of a dataset in any known format
 * @throws {DatasetError} with `details.report` where validation finds errors
 * @throws {CancelledError} once `signal` aborts
 * @throws {StorageError} where the data home cannot be written
 */
export async function importDataset(source: string, options: ImportOptions): Promise<ImportResult> {
  const raw = await readDataset(source, options);
  try {
    return await importRaw(raw, options);
  } catch (cause) {
    throw asStorageError(cause, raw.root, options.home);
  }
}

async function importRaw(raw: RawDataset, options: ImportOptions): Promise<ImportResult> {
  const datasets = join(options.home, datasetKey("", ""));
  await mkdir(datasets, { recursive: true });
  await sweepImportFolders(datasets);
  const folder = await createImportFolder(datasets);
  try {
    for (const name of ["images", "masks", "thumbnails"]) await mkdir(join(folder, name));
    const stored: StoredImage[] = [];
    const report = await inspectDataset(
      raw,
      async (image) => {
        // Once an error stands the rest is only checked.
        if (raw.findings.errors === 0) stored.push(await storeImage(folder, image));
      },
      options,
    );
    if (!report.ok) throw refusal(raw, report);
    stored.sort((a, b) => (a.entry.id < b.entry.id ? -1 : 1));
    const manifest: DatasetManifest = {
      schemaVersion: 1,
      name: options.name ?? basename(raw.root),
      hash: datasetHash(raw.classes, stored),
      format: options.recordedFormat ?? raw.format,
      labelSource: raw.labelSource,
      classes: [...raw.classes],
      images: stored.map(({ entry }) => entry),
    };
    await writeFile(join(folder, "dataset.json"), JSON.stringify(manifest, null, 1));
    const target = datasetRoot(options.home, manifest.hash);
    const published = await publish(folder, target);
    return published
      ? { manifest, report, alreadyThere: false }
      : { manifest: await readManifest(target), report, alreadyThere: true };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
