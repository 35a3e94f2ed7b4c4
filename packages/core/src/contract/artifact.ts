import { z } from "zod";
import { ARTIFACT_KINDS, type ArtifactKind } from "./artifact-kinds.ts";

export const artifactKindSchema = z.enum(
  Object.keys(ARTIFACT_KINDS) as [ArtifactKind, ...ArtifactKind[]],
);

export const artifactFileSchema = z.strictObject({
  path: z.string().regex(/^[\w.-]+(\/[\w.-]+)*$/),
  bytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

export const artifactManifestSchema = z.strictObject({
  schemaVersion: z.literal(1),
  kind: artifactKindSchema,
  /** Dataset version the artefact speaks of. */
  dataset: z.string(),
  /** Free facts a reader may want: class names, the threshold used, the split. */
  meta: z.record(z.string(), z.json()),
  files: z.array(artifactFileSchema),
});
export type ArtifactManifest = z.infer<typeof artifactManifestSchema>;

export const artifactHashSchema = z.string().regex(/^[0-9a-f]{64}$/);
