import type { DatasetImage, RunConfig } from "../contract/index.ts";
import type { Dataset } from "../data/dataset.ts";

export interface Entries {
  readonly train: readonly DatasetImage[];
  readonly evaluation: readonly DatasetImage[];
  /** Both splits, no image twice. */
  readonly all: readonly DatasetImage[];
  /** Name → images, one entry a split. */
  readonly splits: ReadonlyMap<string, readonly DatasetImage[]>;
}

/** The images a run works on: its two splits, each cut to `limit` where there is one. */
export function entriesOf(
  dataset: Dataset,
  config: Pick<RunConfig, "trainSplit" | "evaluationSplit">,
  limit: number | null,
): Entries {
  const names = new Set([config.trainSplit, config.evaluationSplit]);
  const splits = new Map(
    [...names].map((name) => [name, dataset.split(name).slice(0, limit ?? undefined)]),
  );
  return {
    train: splits.get(config.trainSplit)!,
    evaluation: splits.get(config.evaluationSplit)!,
    all: [...splits.values()].flat(),
    splits,
  };
}
