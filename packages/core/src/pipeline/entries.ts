import type { DatasetImage, RunConfig } from "../contract/index.ts";
import type { Dataset } from "../data/dataset.ts";
import type { Artifact } from "./artifact-store.ts";

export interface Entries {
  readonly train: readonly DatasetImage[];
  readonly evaluation: readonly DatasetImage[];
  /** Both splits, no image twice. */
  readonly all: readonly DatasetImage[];
  /** Name → images, one entry a split. */
  readonly splits: ReadonlyMap<string, readonly DatasetImage[]>;
}

/**
 * Those images that an artefact speaks of. It speaks of the whole training split; one that was made
 * elsewhere may leave out the split that is only evaluated.
 */
export function entriesIn(
  { manifest }: Artifact,
  entries: Entries,
  pathOf: (imageKey: string) => string,
): Entries {
  const paths = new Set(manifest.files.map(({ path }) => path));
  const required = new Set(entries.train.map(({ key }) => key));
  const there = (images: readonly DatasetImage[]): readonly DatasetImage[] =>
    images.filter(({ key }) => required.has(key) || paths.has(pathOf(key)));
  return {
    train: entries.train,
    evaluation: there(entries.evaluation),
    all: there(entries.all),
    splits: new Map([...entries.splits].map(([name, images]) => [name, there(images)])),
  };
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
