import type { ArtifactKind, RunConfig, StageName } from "../contract/index.ts";

export interface MemoryQuestion {
  readonly config: RunConfig;
  /** Largest image of the dataset, pixels. */
  readonly largestImage: number;
  readonly threads: number;
}

/** One step of the pipeline. Stages meet only through artefacts, so any of them runs alone. */
export interface Stage {
  readonly name: StageName;
  /** Raised whenever the same inputs would give another result; old results are then not reused. */
  readonly codeVersion: number;
  reads(config: RunConfig): readonly ArtifactKind[];
  writes(config: RunConfig): readonly ArtifactKind[];
  /** The part of the config the result depends on. */
  dependsOn(config: RunConfig): unknown;
  /** Bytes the stage will hold at its peak, beyond the process itself. */
  memory(question: MemoryQuestion): number;
}
