import {
  ArtifactError,
  ConfigError,
  IMPORTED_KINDS,
  importProvenanceSchema,
  type RunImport,
} from "../../contract/index.ts";
import type { Artifact } from "../artifact-store.ts";
import type { StageContext } from "../stage.ts";

/**
 * The imported artefact a config names.
 *
 * @throws {ArtifactError} when it is not here, of another kind or for another dataset
 * @throws {ConfigError} when it was imported under another name than the config says
 */
export async function openImported(
  { artifact: open, dataset, stage }: Pick<StageContext, "artifact" | "dataset" | "stage">,
  { kind, name, artifact: hash }: RunImport,
): Promise<Artifact> {
  const where = `${stage}: imported ${kind} ${name} (${hash.slice(0, 12)})`;
  const artifact = await open(hash).catch((cause: unknown) => {
    throw new ArtifactError(
      `${where}: expected an artefact of that hash, found none. Import it, or take one of seedmask artifact list.`,
      { cause },
    );
  });
  const { manifest } = artifact;
  if (manifest.kind !== IMPORTED_KINDS[kind]) {
    throw new ArtifactError(
      `${where}: expected kind ${IMPORTED_KINDS[kind]}, got ${manifest.kind}. Take one that was imported as ${kind}.`,
    );
  }
  if (manifest.dataset !== dataset.manifest.hash) {
    throw new ArtifactError(
      `${where}: expected one for dataset ${dataset.manifest.name} (${dataset.manifest.hash.slice(0, 12)}), got one for ${manifest.dataset.slice(0, 12)}. Import it for this dataset version.`,
    );
  }
  const provenance = importProvenanceSchema.safeParse(manifest.meta["provenance"]);
  if (provenance.data?.name !== name) {
    throw new ConfigError(
      `${where}: expected the name it was imported under, ${provenance.data?.name ?? "which it does not have"}. Correct the name in the config.`,
    );
  }
  return artifact;
}
