import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type ArtifactsByKind,
  type RunConfig,
  type StageResult,
  stageResultSchema,
} from "../contract/index.ts";
import type { ArtifactStore } from "./artifact-store.ts";
import { canonicalJson, sha256 } from "./canonical-json.ts";
import type { Stage } from "./stage.ts";
import { writeWhole } from "./write-file.ts";

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

const fileOf = (home: string, cacheKey: string): string =>
  join(home, "stage-cache", `${cacheKey}.json`);

/** The earlier result under a key, if there is one and all its artefacts are still there. */
export async function findCached(
  { home, store }: { home: string; store: ArtifactStore },
  cacheKey: string,
): Promise<StageResult | null> {
  const text = await readFile(fileOf(home, cacheKey), "utf8").catch(() => null);
  if (text === null) return null;
  const parsed = stageResultSchema.safeParse(JSON.parse(text));
  if (!parsed.success) return null;
  const there = await Promise.all(
    Object.values(parsed.data.outputs).map((hash) => store.has(hash)),
  );
  return there.every(Boolean) ? { ...parsed.data, cached: true } : null;
}

export const keepResult = (home: string, result: StageResult): Promise<void> =>
  writeWhole(fileOf(home, result.cacheKey), JSON.stringify(result));
