import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import {
  type BackendReport,
  MASK_STAGES,
  type MaskStage,
  plannedStages,
  RECIPES,
  type RunConfig,
  type StageName,
} from "@seedmask/core/contract";
import {
  createArtifactStore,
  type Dataset,
  datasetRoot,
  enlargeDataset,
  importDataset,
  makeSyntheticDataset,
  openDataset,
  type SpoiltMasks,
  spoilMasks,
} from "@seedmask/core/pipeline";
import {
  ConflictError,
  type CreatedRun,
  type Database,
  listRuns,
  recordDatasetVersion,
  SYSTEM_ACTOR,
} from "@seedmask/db";
import { recordFinishedRun, seedRuns } from "@seedmask/db/seed";
import { codeVersion } from "./code-version.ts";

export interface SeedOptions {
  readonly db: Database;
  readonly home: string;
  /** Runs in the table. */
  readonly runs: number;
  /** Distinct pictures. */
  readonly scenes: number;
  /** How often each is in the large dataset, whose images have masks of five stages. */
  readonly copies: number;
  readonly onStep: (step: string) => void;
}

export interface Seeded {
  readonly runs: number;
  readonly tiles: number;
  /** Runs with masks of the large dataset. */
  readonly large: readonly CreatedRun[];
}

const SCENE_SIDE = 96;
const TEMPLATES = 6;

/** Each stage mends what the one before left: finer borders, fewer missing parts. */
const SPOILT_BY_STAGE = {
  "make-seeds": { block: 16, reach: 10, missed: 0.25 },
  "refine-seeds": { block: 8, reach: 6, missed: 0.18 },
  "make-pseudo-masks": { block: 8, reach: 5, missed: 0.12 },
  predict: { block: 4, reach: 4, missed: 0.08 },
} as const;

const recipe = RECIPES.find(({ config }) => plannedStages(config).includes("refine-seeds"))!;

async function makeScenes({ db, home, scenes }: SeedOptions): Promise<Dataset> {
  const work = join(home, "work");
  await mkdir(work, { recursive: true });
  const folder = await mkdtemp(join(work, "seed-"));
  try {
    await makeSyntheticDataset({ to: folder, seed: 2, images: scenes, size: SCENE_SIDE });
    const { manifest, report } = await importDataset(folder, {
      home,
      name: "seeded-scenes",
      recordedFormat: "synthetic",
    });
    await recordDatasetVersion(db, { actor: SYSTEM_ACTOR, manifest, report });
    return await openDataset(datasetRoot(home, manifest.hash));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const BACKEND: BackendReport = {
  backend: "cpu",
  device: "none: seeded rows",
  versions: { node: process.versions.node },
  passedOver: [],
  selfTest: [],
  matMulGflops: 0,
};

type MasksByStage = Partial<Record<StageName, SpoiltMasks>>;

/** Records a run that has these masks; its seconds and memory are those of no machine. */
function recordRun(
  db: Database,
  { dataset, config, title, masks }: RunWithMasks,
): Promise<CreatedRun> {
  const input = {
    actor: SYSTEM_ACTOR,
    config,
    dataset: dataset.manifest.hash,
    recipe: { name: recipe.name, version: recipe.version },
    title,
    tags: ["seeded"],
    codeVersion: codeVersion(),
  };
  return recordFinishedRun(db, input, (stage) => {
    const made = masks[stage];
    return {
      stage,
      cached: false,
      cacheKey: `seeded ${stage} ${made?.artifact ?? title}`,
      outputs: made ? { [made.kind]: made.artifact } : {},
      evaluations: made ? [made.evaluation] : [],
      diagnostics: [],
      metrics: {},
      seconds: 0,
      peakMemoryBytes: 0,
      backend: BACKEND,
    };
  });
}

interface RunWithMasks {
  readonly dataset: Dataset;
  readonly config: RunConfig;
  readonly title: string;
  readonly masks: MasksByStage;
}

/** Two runs over the large dataset: all stages of one, and the predictions of a second seed. */
async function seedLarge(options: SeedOptions, source: Dataset): Promise<CreatedRun[]> {
  const { db, home, copies, onStep } = options;
  const { dataset, report } = await enlargeDataset({ home, source, name: "seeded-large", copies });
  const images = dataset.manifest.images.length;
  onStep(`${images} images`);
  await recordDatasetVersion(db, { actor: SYSTEM_ACTOR, manifest: dataset.manifest, report });
  const store = createArtifactStore({ home });
  const config: RunConfig = { ...recipe.config, evaluationSplit: "train" };
  const make = (stage: MaskStage, seed: number): Promise<SpoiltMasks> => {
    onStep(`${images} masks, ${stage}`);
    const spoiling = SPOILT_BY_STAGE[stage];
    return spoilMasks({ home, store, dataset, source, config, stage, seed, spoiling });
  };
  const first: MasksByStage = {};
  for (const stage of MASK_STAGES) first[stage] = await make(stage, 1);
  const second: MasksByStage = { ...first, predict: await make("predict", 2) };
  return [
    await recordRun(db, { dataset, config, title: "Large run", masks: first }),
    await recordRun(db, {
      dataset,
      config: { ...config, seed: config.seed + 1 },
      title: "Large run, other seed",
      masks: second,
    }),
  ];
}

/** Small runs, better and worse, whose results the many repeat. */
async function seedTemplates(
  { db, home }: SeedOptions,
  dataset: Dataset,
): Promise<readonly CreatedRun[]> {
  const store = createArtifactStore({ home });
  const { config } = recipe;
  const templates: CreatedRun[] = [];
  for (let at = 0; at < TEMPLATES; at += 1) {
    const spoiling = { block: 4, reach: 1 + at, missed: 0.02 * at };
    const shared = { home, store, dataset, source: dataset, config, stage: "predict" as const };
    const predict = await spoilMasks({ ...shared, seed: at, spoiling });
    const title = `Scenes, ${at + 1} of ${TEMPLATES}`;
    templates.push(
      await recordRun(db, { dataset, config: { ...config, seed: at }, title, masks: { predict } }),
    );
  }
  return templates;
}

/** Seeded rows among those of a team would pass for results. */
async function refuseUsedHome(db: Database): Promise<void> {
  const { total } = await listRuns(db, { limit: 1, withTotal: true });
  if (total === 0) return;
  throw new ConflictError(
    `seed: expected a data home without runs, got one with ${total}. Name an empty folder with --home.`,
  );
}

/** Fills a data home with what a team has after years: many runs, and a gallery of many tiles. */
export async function seedHome(options: SeedOptions): Promise<Seeded> {
  const { db, runs, scenes: pictures, copies, onStep } = options;
  await refuseUsedHome(db);
  onStep(`${pictures} scenes`);
  const scenes = await makeScenes(options);
  const large = await seedLarge(options, scenes);
  onStep(`${TEMPLATES} results`);
  const templates = await seedTemplates(options, scenes);
  onStep(`${runs} runs`);
  const { hash, name } = scenes.manifest;
  const ids = templates.map(({ id }) => id);
  await seedRuns(db, { dataset: hash, datasetName: name, runs, templates: ids });
  return { runs, tiles: pictures * copies * (MASK_STAGES.length + 1), large };
}
