import type {
  ArtifactKind,
  ArtifactManifest,
  Diagnostic,
  EvaluationResult,
  ProgressEvent,
  RunConfig,
  StageName,
} from "../contract/index.ts";
import type { Dataset } from "../data/dataset.ts";
import type { Artifact, ArtifactDraft } from "./artifact-store.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { StagePool } from "./stage-pool.ts";

/** What the networks of a run ask of where they look: also of an image that no dataset knows. */
export interface NetworkContext extends Pick<StageContext, "config" | "limit" | "input"> {
  readonly dataset: Pick<Dataset, "image" | "split"> & {
    readonly manifest: Pick<Dataset["manifest"], "classes">;
  };
}

/** A log line, a curve point or a progress bar's state, before the stage's name is put on it. */
export type StageEvent = ProgressEvent extends infer Event
  ? Event extends ProgressEvent
    ? Omit<Event, "stage">
    : never
  : never;

/** All that a stage may touch. */
export interface StageContext {
  readonly stage: StageName;
  readonly config: RunConfig;
  readonly dataset: Dataset;
  /** Images taken of each split; null for all. */
  readonly limit: number | null;
  /** Folder of imported pretrained weights. */
  readonly weightsHome: string;
  /** An artefact the stage declared in `reads`. */
  input(kind: ArtifactKind): Promise<Artifact>;
  /** An artefact the config names: one that no stage made. */
  artifact(hash: string): Promise<Artifact>;
  /** The draft of an artefact the stage declared in `writes`; kept over a restart. */
  draft(kind: ArtifactKind): ArtifactDraft;
  /** Seals a draft. */
  commit(kind: ArtifactKind, meta: ArtifactMeta): Promise<Artifact>;
  readonly checkpoint: Checkpoint;
  /** Threads for work without tensors; made at first use. */
  pool(): StagePool;
  emit(event: StageEvent): void;
  /**
   * Lets messages through, and stops here once the run was cancelled. Call between any two steps.
   * @throws {CancelledError}
   */
  breathe(): Promise<void>;
  readonly signal: AbortSignal;
}

export type ArtifactMeta = ArtifactManifest["meta"];

/** What a stage leaves beside its artefacts. */
export interface StageOutcome {
  readonly metrics: Readonly<Record<string, number>>;
  readonly evaluations: readonly EvaluationResult[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What a stage does, from its artefacts to its outcome. */
export type StageRun = (context: StageContext) => Promise<StageOutcome>;
