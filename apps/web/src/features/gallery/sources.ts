import type { RouterOutputs } from "#trpc/types.ts";
import { maskUrl, scoresUrl, truthUrl } from "#lib/file-urls.ts";
import type { LayerSources } from "./use-layers.ts";

type Run = RouterOutputs["runs"]["get"];
export type Evaluation = Run["evaluations"][number];

/** Artefact with the scores a stage's masks were made from, where it keeps any. */
export function scoresArtifact(run: Run, stage: string): string | null {
  const outputs = run.stages.find((one) => one.stage === stage)?.outputs ?? [];
  return outputs.find(({ kind }) => kind.endsWith("-scores"))?.hash ?? null;
}

/** Addresses of everything that may lie over one image. */
export const sourcesOf = (
  dataset: string,
  imageKey: string,
  artifact: string | null,
  scores: string | null,
  hasTruth = true,
): LayerSources => ({
  mask: artifact === null ? null : maskUrl(artifact, imageKey),
  truth: hasTruth ? truthUrl(dataset, imageKey) : null,
  scores: scores === null ? null : scoresUrl(scores, imageKey),
});
