import type { ArtifactKind, RunConfig } from "../contract/index.ts";

/** What a seed method keeps of the probe set beside its checkpoint. */
export function recordOf({ seeds }: Pick<RunConfig, "seeds">): readonly ArtifactKind[] {
  switch (seeds.method) {
    case "cam":
    case "imported":
      return [];
    case "oaa":
      return ["accumulated-attention"];
    case "seam":
      return ["seam-views"];
  }
}
