import type { ArtifactsByKind, RunConfig } from "../contract/index.ts";
import { canonicalJson, sha256 } from "./canonical-json.ts";
import type { Stage } from "./stage.ts";

export interface CacheQuestion {
  readonly stage: Stage;
  readonly config: RunConfig;
  /** Hash of the dataset version. */
  readonly dataset: string;
  readonly inputs: ArtifactsByKind;
  readonly limit: number | null;
  /** Hash of the pretrained weights the config names; null where it names none. */
  readonly weights: string | null;
}

/** Name of everything a stage's result depends on; equal names, equal results. */
export function cacheKeyOf(question: CacheQuestion): string {
  const { stage, config, dataset, inputs, limit, weights } = question;
  const read = stage.reads(config).map((kind) => [kind, inputs[kind]]);
  return sha256(
    canonicalJson({
      stage: stage.name,
      codeVersion: stage.codeVersion,
      config: stage.dependsOn(config),
      dataset,
      inputs: Object.fromEntries(read),
      limit,
      weights,
    }),
  );
}
