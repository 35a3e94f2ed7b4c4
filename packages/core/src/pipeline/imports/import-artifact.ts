import { randomUUID } from "node:crypto";
import { readdir, readFile, rm } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import {
  ArtifactError,
  type DatasetImage,
  type ImportedKind,
  type ImportProvenance,
  IMPORTED_KINDS,
  maskPath,
  scorePath,
  SeedmaskError,
} from "../../contract/index.ts";
import type { Dataset } from "../../data/dataset.ts";
import { decodeLabels, encodeLabels } from "../../data/label-file.ts";
import { encodeScores } from "../../data/score-file.ts";
import { createArtifactStore } from "../artifact-store.ts";
import { stopIfCancelled } from "../cancel.ts";
import { canonicalJson, sha256 } from "../canonical-json.ts";
import { checkedMask } from "./check-mask.ts";
import { checkedScores } from "./check-scores.ts";
import { readScoreInput, SCORE_EXTENSIONS } from "./score-input.ts";

export interface ImportArtifactOptions {
  readonly home: string;
  readonly dataset: Dataset;
  readonly kind: ImportedKind;
  /** Shown wherever a run says where its seeds or masks come from. */
  readonly name: string;
  /** A file an image, named by its id or key. */
  readonly folder: string;
  /** Splits to take; by default all that the folder covers. */
  readonly splits?: readonly string[];
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

export interface ImportedArtifact {
  readonly hash: string;
  readonly images: number;
  readonly splits: readonly string[];
  /** Files of the folder that no image of those splits is named by. */
  readonly leftAside: number;
  readonly provenance: ImportProvenance;
}

/** So many problems are told at once. */
const MOST_PROBLEMS = 5;

const extensionsOf = (kind: ImportedKind): readonly string[] =>
  kind === "pseudo-masks" ? [".png"] : SCORE_EXTENSIONS;

/** Files of the folder by name without extension. */
async function filesIn({ folder, kind }: ImportArtifactOptions): Promise<Map<string, string>> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new ArtifactError(`${folder}: expected a folder, got none. Check the path.`, { cause });
  });
  const extensions = extensionsOf(kind);
  const files = new Map<string, string>();
  for (const name of names.toSorted()) {
    if (!extensions.includes(extname(name).toLowerCase())) continue;
    const stem = basename(name, extname(name));
    const other = files.get(stem);
    if (other !== undefined) {
      throw new ArtifactError(
        `${folder}: expected one file an image, got ${other} and ${name}. Remove one of them.`,
      );
    }
    files.set(stem, name);
  }
  if (files.size > 0) return files;
  throw new ArtifactError(`${folder}: expected ${extensions.join(", ")} files, found none.`);
}

interface Found {
  readonly entry: DatasetImage;
  readonly file: string;
}

/** The images of the splits that the folder covers, each with its file: a split is there whole, or not at all. */
function matched(
  { dataset, folder, splits }: ImportArtifactOptions,
  files: ReadonlyMap<string, string>,
): { found: Found[]; covered: string[] } {
  const names = [...new Set(dataset.manifest.images.map(({ split }) => split))];
  const unknown = splits?.find((split) => !names.includes(split));
  if (unknown !== undefined) {
    throw new ArtifactError(
      `split ${unknown}: expected one of ${names.join(", ")} of dataset ${dataset.manifest.name}.`,
    );
  }
  const found: Found[] = [];
  const covered: string[] = [];
  for (const split of splits ?? names) {
    const entries = dataset.split(split);
    const there = entries.flatMap((entry) => {
      const file = files.get(entry.id) ?? files.get(entry.key);
      return file === undefined ? [] : [{ entry, file }];
    });
    if (there.length === 0 && splits === undefined) continue;
    if (there.length < entries.length) {
      const missing = entries.filter(({ id, key }) => !files.has(id) && !files.has(key));
      const some = missing.slice(0, MOST_PROBLEMS).map(({ id }) => id);
      throw new ArtifactError(
        `${folder}: expected a file for each of ${entries.length} images of split ${split}, ${missing.length} are missing: ${some.join(", ")}${missing.length > some.length ? ", …" : ""}. Add them, or take other splits.`,
      );
    }
    found.push(...there);
    covered.push(split);
  }
  if (found.length > 0) return { found, covered };
  throw new ArtifactError(
    `${folder}: expected files named by the images of dataset ${dataset.manifest.name}, e.g. ${dataset.manifest.images[0]!.id}, got ${[...files.values()][0]}.`,
  );
}

/** A file as the artefact keeps it: checked, in our own form. */
async function convert(
  kind: ImportedKind,
  bytes: Uint8Array,
  expected: { file: string; entry: DatasetImage; classes: readonly string[] },
): Promise<{ path: string; bytes: Uint8Array }> {
  const { key } = expected.entry;
  if (kind === "pseudo-masks") {
    const mask = checkedMask(decodeLabels(bytes, expected.file), expected);
    return { path: maskPath(key), bytes: encodeLabels(mask) };
  }
  const background = kind === "refined-seeds";
  const input = await readScoreInput(bytes, expected.file);
  const maps = checkedScores(input, { ...expected, background });
  return {
    path: scorePath(key),
    bytes: encodeScores(background ? "probabilities" : "cam", maps),
  };
}

/**
 * Takes score maps or masks made elsewhere into the data home, as an artefact like our own whose manifest
 * says where it comes from. Everything is checked first: at the first file that breaks the contract
 * nothing is kept.
 *
 * @throws {ArtifactError} naming the files and what is wrong with each
 */
export async function importArtifact(options: ImportArtifactOptions): Promise<ImportedArtifact> {
  const { home, dataset, kind, name, folder, onProgress, signal } = options;
  const files = await filesIn(options);
  const { found, covered } = matched(options, files);
  const { classes, hash: datasetHash } = dataset.manifest;
  const work = join(home, "work", `import-${randomUUID()}`);
  const draft = createArtifactStore({ home }).draft(work);
  const problems: SeedmaskError[] = [];
  const source: Record<string, string> = {};
  try {
    for (const [at, { entry, file }] of found.entries()) {
      if (signal) stopIfCancelled(signal, "import");
      const bytes = await readFile(join(folder, file));
      source[entry.id] = sha256(bytes);
      try {
        const kept = await convert(kind, bytes, { file, entry, classes });
        if (problems.length === 0) await draft.put(kept.path, kept.bytes);
      } catch (error) {
        if (!(error instanceof SeedmaskError)) throw error;
        problems.push(error);
        if (problems.length >= MOST_PROBLEMS) break;
      }
      onProgress?.(at + 1, found.length);
    }
    if (problems.length > 0) {
      throw new ArtifactError(
        `import of ${kind} "${name}": nothing was kept.\n${problems.map(({ message }) => message).join("\n")}`,
        { cause: problems[0], details: { problems: problems.map(({ message }) => message) } },
      );
    }
    const provenance: ImportProvenance = {
      source: "imported",
      name,
      sourceHash: sha256(canonicalJson(source)),
    };
    const meta = { classes, splits: covered, provenance: { ...provenance } };
    const hash = await draft.commit({ kind: IMPORTED_KINDS[kind], dataset: datasetHash, meta });
    return {
      hash,
      images: found.length,
      splits: covered,
      leftAside: files.size - found.length,
      provenance,
    };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
