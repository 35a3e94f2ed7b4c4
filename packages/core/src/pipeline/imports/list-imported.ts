import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { IMPORTED_KINDS, importProvenanceSchema, type ImportedKind } from "../../contract/index.ts";
import { createArtifactStore } from "../artifact-store.ts";

export interface ListedImport {
  readonly hash: string;
  readonly kind: ImportedKind;
  readonly name: string;
  /** Hash of the dataset version. */
  readonly dataset: string;
  readonly images: number;
  readonly bytes: number;
  readonly sourceHash: string;
}

const KINDS = Object.keys(IMPORTED_KINDS) as ImportedKind[];

/** What was imported into a data home, by name. */
export async function listImportedArtifacts(home: string): Promise<ListedImport[]> {
  const store = createArtifactStore({ home });
  const names = await readdir(join(home, "artifacts")).catch(() => []);
  const listed: ListedImport[] = [];
  for (const hash of names.filter((name) => /^[0-9a-f]{64}$/u.test(name))) {
    const { manifest } = await store.open(hash);
    const provenance = importProvenanceSchema.safeParse(manifest.meta["provenance"]);
    const kind = KINDS.find((each) => IMPORTED_KINDS[each] === manifest.kind);
    if (!provenance.success || kind === undefined) continue;
    const { name, sourceHash } = provenance.data;
    const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
    const images = manifest.files.length;
    listed.push({ hash, kind, name, dataset: manifest.dataset, images, bytes, sourceHash });
  }
  return listed.toSorted((a, b) => a.name.localeCompare(b.name) || (a.hash < b.hash ? -1 : 1));
}
