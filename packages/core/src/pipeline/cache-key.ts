import {
  AFFINITY_DEFAULTS,
  type ArtifactsByKind,
  OPTIMISATION_DEFAULTS,
  type RunConfig,
  SEAM_DEFAULTS,
  SEGMENTER_DEFAULTS,
} from "../contract/index.ts";
import { canonicalJson, sha256 } from "./canonical-json.ts";
import type { Stage } from "./stage-facts.ts";

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

const LATER_DEFAULTS: Readonly<Record<string, unknown>> = {
  ...OPTIMISATION_DEFAULTS,
  ...SEGMENTER_DEFAULTS,
  ...SEAM_DEFAULTS,
  ...AFFINITY_DEFAULTS,
};

/** A field that says what was so before it was one changes no result, and no result's name. */
function withoutLaterDefaults(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutLaterDefaults);
  if (typeof value !== "object" || value === null) return value;
  const told = Object.entries(value).filter(
    ([name, field]) =>
      !(name in LATER_DEFAULTS) || canonicalJson(field) !== canonicalJson(LATER_DEFAULTS[name]),
  );
  return Object.fromEntries(told.map(([name, field]) => [name, withoutLaterDefaults(field)]));
}

/** Name of everything a stage's result depends on; equal names, equal results. */
export function cacheKeyOf(question: CacheQuestion): string {
  const { stage, config, dataset, inputs, limit, weights } = question;
  const read = stage.reads(config).map((kind) => [kind, inputs[kind]]);
  return sha256(
    canonicalJson({
      stage: stage.name,
      codeVersion: stage.codeVersion,
      config: withoutLaterDefaults(stage.dependsOn(config)),
      dataset,
      inputs: Object.fromEntries(read),
      limit,
      weights,
    }),
  );
}
