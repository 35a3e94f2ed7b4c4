import type { ArtifactKind, DatasetImage, ScoreMaps } from "../../contract/index.ts";
import type { tf } from "../../tensor/tf.ts";
import type { Parameter, Weights } from "../../tensor/weights.ts";
import type { Artifact } from "../artifact-store.ts";
import type { ArtifactMeta, NetworkContext, StageContext } from "../stage.ts";

/** What training leaves: the arrays of the checkpoint, and how the network reads images. */
export interface TrainedNetwork {
  readonly parameters: readonly Parameter[];
  /** Disposed by whoever asked for them. */
  readonly weights: Weights;
  readonly loss: number;
  /** [N, H, W, 3] 0…255 → [N, C] each; disposed by whoever asked. */
  read(images: tf.Tensor4D): { readonly logits: tf.Tensor2D; readonly mass: tf.Tensor2D };
  /** What the method kept of the probe set, in a draft of this kind; sealed after the checkpoint. */
  readonly record?: { readonly kind: ArtifactKind; readonly meta: ArtifactMeta };
}

/** Score maps of one image after the other, from a trained network. */
export interface SeedMaker {
  /** Normalised 0…1, at a resolution of the method's choice, present classes only. */
  scores(entry: DatasetImage): Promise<ScoreMaps>;
  /** Where scores were made elsewhere: the artefact that says of which images there are any. */
  readonly artifact?: Artifact;
  dispose(): void;
}

/** A maker whose networks can look at any image, also at one that no dataset knows. */
export interface NetworkSeedMaker extends SeedMaker {
  /** How the classifier among them reads images. */
  readonly read: TrainedNetwork["read"];
}

/** The two stages a seed method shapes; all others are the same for every method. */
export interface SeedMethod {
  /** May put files of its own into the draft of the classifier checkpoint. */
  train(context: StageContext): Promise<TrainedNetwork>;
  open(context: StageContext): Promise<SeedMaker>;
}

/** A method whose score maps come from networks it trained, not from files. */
export interface NetworkSeedMethod extends SeedMethod {
  open(context: NetworkContext): Promise<NetworkSeedMaker>;
}
