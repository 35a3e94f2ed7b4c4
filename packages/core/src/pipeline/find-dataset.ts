import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { DatasetError } from "../contract/index.ts";
import { type Dataset, openDataset } from "../data/dataset.ts";

/** All datasets imported into a data home. */
export async function listImported(home: string): Promise<Dataset[]> {
  const folder = join(home, "datasets");
  const names = await readdir(folder).catch(() => []);
  const hashes = names.filter((name) => /^[0-9a-f]{64}$/.test(name)).toSorted();
  return Promise.all(hashes.map((hash) => openDataset(join(folder, hash))));
}

/**
 * An imported dataset by name or by the beginning of its hash, without a database.
 * @throws {DatasetError} where there is none, or more than one
 */
export async function findDataset(home: string, nameOrHash: string): Promise<Dataset> {
  const imported = await listImported(home);
  const found = imported.filter(
    ({ manifest }) =>
      manifest.name === nameOrHash ||
      (nameOrHash.length >= 6 && manifest.hash.startsWith(nameOrHash)),
  );
  if (found.length === 1) return found[0]!;
  const known = imported.map(({ manifest }) => `${manifest.name} (${manifest.hash.slice(0, 12)})`);
  throw new DatasetError(
    found.length === 0
      ? `dataset ${nameOrHash}: expected an imported dataset, found none. Import it; here are: ${known.join(", ") || "none"}.`
      : `dataset ${nameOrHash}: expected one version, found ${found.length}. Name one by its hash: ${found.map(({ manifest }) => manifest.hash.slice(0, 12)).join(", ")}.`,
    { details: { notFound: found.length === 0 } },
  );
}
