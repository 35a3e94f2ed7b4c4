import type { ArtifactKind } from "./artifact-kinds.ts";
import type { RunConfig } from "./run-config.ts";

/**
 * The joints of the pipeline at which something made elsewhere may come in, and the kind of artefact it
 * becomes: score maps of classes, probabilities with the background, or label maps.
 */
export const IMPORTED_KINDS = {
  seeds: "seed-scores",
  "refined-seeds": "refined-scores",
  "pseudo-masks": "pseudo-mask",
} as const satisfies Readonly<Record<string, ArtifactKind>>;
export type ImportedKind = keyof typeof IMPORTED_KINDS;

export interface RunImport {
  readonly kind: ImportedKind;
  readonly name: string;
  readonly artifact: string;
}

type Joints = Pick<RunConfig, "supervision" | "seeds" | "refinement" | "pseudoMasks">;

/** What a run takes in from elsewhere; null where it makes all by itself. What lies before it is not made. */
export function importOf({
  supervision,
  seeds,
  refinement,
  pseudoMasks,
}: Joints): RunImport | null {
  if (supervision === "masks") return null;
  if (pseudoMasks.policy === "imported") {
    return { kind: "pseudo-masks", name: pseudoMasks.name, artifact: pseudoMasks.artifact };
  }
  if (refinement.kind === "imported") {
    return { kind: "refined-seeds", name: refinement.name, artifact: refinement.artifact };
  }
  if (seeds.method !== "imported") return null;
  return { kind: "seeds", name: seeds.name, artifact: seeds.artifact };
}

/** `imported seeds: CLIP-ES`. */
export const importWords = ({ kind, name }: RunImport): string =>
  `imported ${kind.replace("-", " ")}: ${name}`;
