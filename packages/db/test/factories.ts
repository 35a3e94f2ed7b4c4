import {
  type BackendReport,
  BOUNDARY_RINGS,
  type DatasetManifest,
  type EvaluationResult,
  type ImageCounts,
  type MaskDoubt,
  type MaskNoise,
  OBJECT_SIZES,
  RECIPES,
  type RunConfig,
  type StageName,
  type StageResult,
  type ValidationReport,
} from "@seedmask/core/contract";
import { createHash, randomBytes } from "node:crypto";
import { type Actor, type Role, SYSTEM_ACTOR } from "../src/actor.ts";
import type { Database } from "../src/client.ts";
import { recordDatasetVersion } from "../src/datasets/record-dataset-version.ts";
import { createRun, type CreatedRun } from "../src/runs/create-run.ts";
import { user } from "../src/schema/index.ts";
import { startStage } from "../src/stages/start-stage.ts";

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
export const unique = (): string => randomBytes(5).toString("hex");

export const demoConfig = (): RunConfig => structuredClone(RECIPES[0]!.config);

/** `images` images of 3 classes, every fourth in val, each with a mask. */
export function makeManifest({ images = 8, name = `shapes-${unique()}` } = {}): DatasetManifest {
  return {
    schemaVersion: 1,
    name,
    hash: sha256(`${name} ${images}`),
    format: "synthetic",
    labelSource: "masks",
    classes: ["circle", "square", "star"],
    images: Array.from({ length: images }, (_, index) => {
      const key = sha256(`${name} ${index}`).slice(0, 16);
      return {
        id: `image-${String(index).padStart(5, "0")}`,
        key,
        width: 96,
        height: 64,
        split: index % 4 === 3 ? "val" : "train",
        labels: [index % 3],
        image: `images/${key}.jpg`,
        mask: `masks/${key}.png`,
      };
    }),
  };
}

export const makeReport = (manifest: DatasetManifest): ValidationReport => ({
  ok: true,
  images: manifest.images.length,
  findings: [],
  imagesPerClass: [0, 0, 0],
  coOccurrence: [0, 0, 0, 0, 0, 0, 0, 0, 0],
  splits: { train: 6, val: 2 },
});

export async function recordDataset(
  db: Database,
  options: { images?: number; name?: string } = {},
): Promise<DatasetManifest> {
  const manifest = makeManifest(options);
  await recordDatasetVersion(db, { actor: SYSTEM_ACTOR, manifest, report: makeReport(manifest) });
  return manifest;
}

/** A user with a role, as an actor. */
export async function makeActor(db: Database, role: Role): Promise<Actor> {
  const id = unique();
  await db.drizzle.insert(user).values({ id, name: `${role} ${id}`, email: `${id}@x.test`, role });
  return { id, name: `${role} ${id}`, role };
}

export async function makeRun(
  db: Database,
  options: { dataset?: DatasetManifest; actor?: Actor; config?: RunConfig; title?: string } = {},
): Promise<CreatedRun> {
  const dataset = options.dataset ?? (await recordDataset(db));
  const [created] = await createRun(db, {
    actor: options.actor ?? SYSTEM_ACTOR,
    config: options.config ?? demoConfig(),
    dataset: dataset.hash,
    recipe: { name: "demo-tiny", version: 1 },
    title: options.title ?? null,
    codeVersion: "test",
  });
  return created!;
}

export const backendReport: BackendReport = {
  backend: "cpu",
  device: "test",
  versions: { node: process.versions.node },
  passedOver: [],
  selfTest: [],
  matMulGflops: 1,
};

export const makeResult = (stage: StageName, options: Partial<StageResult> = {}): StageResult => ({
  stage,
  cached: false,
  cacheKey: sha256(stage + unique()),
  outputs: {},
  evaluations: [],
  diagnostics: [],
  metrics: { "final-loss": 0.25 },
  seconds: 1.5,
  peakMemoryBytes: 1_000_000,
  backend: backendReport,
  ...options,
});

/** One image: IoU of label 1 is tp / 100, the rest are misses. */
const countsOf = (imageKey: string, hits: number): ImageCounts => ({
  imageKey,
  labels: [0, 1],
  truePositives: [100, hits],
  falsePositives: [0, 0],
  falseNegatives: [0, 100 - hits],
});

function makeNoise(labels: number): MaskNoise {
  const each = (value: number): number[] => Array.from({ length: labels }, () => value);
  return {
    scored: 400,
    causes: [40, 20, 10, 30, 0],
    rings: BOUNDARY_RINGS.map(() => ({
      truePositives: each(5),
      truth: each(8),
      predicted: each(7),
    })),
    sizes: OBJECT_SIZES.map(() => ({ objects: 4, missed: 1, pixels: 100, found: 60 })),
  };
}

/** Every image of a split disagrees by its position, hundredths of it. */
export const makeDoubt = ({ images, classes }: DatasetManifest, split = "val"): MaskDoubt => {
  const own = images.filter((image) => image.split === split);
  const labels = classes.length + 1;
  return {
    kind: "mask-doubt",
    stage: "predict",
    split,
    images: own.length,
    agreement: {
      from: "make-pseudo-masks",
      labels,
      counts: Array.from({ length: (labels + 1) ** 2 }, (_, at) => at),
    },
    entropy: null,
    perImage: own.map(({ key }, at) => ({
      imageKey: key,
      disagreement: at / 100,
      entropy: null,
    })),
  };
};

export function makeEvaluation(
  { hash, images, labelSource }: DatasetManifest,
  options: {
    stage?: EvaluationResult["policy"]["stage"];
    meanIou?: number;
    artifact?: string;
    split?: string;
  } = {},
): EvaluationResult {
  const { stage = "predict", meanIou = 0.5, split = "val" } = options;
  const scored = images.filter((image) => image.split === split);
  return {
    policy: {
      dataset: hash,
      split,
      groundTruth: "masks",
      labelSource,
      stage,
      imageLabelsUsed: false,
      threshold: { value: null, chosenBy: "none", images: 0 },
      scales: [1],
      flip: false,
      crf: false,
      absentClassRule: "ground-truth-only",
      predictedIgnoreRule: "excluded",
      supervision: "image-labels",
    },
    artifact: options.artifact ?? sha256(`artifact ${unique()}`),
    images: scored.length,
    meanIou,
    pixelAccuracy: 0.9,
    coverage: 1,
    classes: [
      { label: 0, iou: 1, precision: 1, recall: 1 },
      { label: 1, iou: 2 * meanIou - 1 < 0 ? 0 : 2 * meanIou - 1, precision: 1, recall: 0.5 },
      { label: 2, iou: null, precision: null, recall: null },
    ],
    confusion: {
      labels: 4,
      matrix: Array.from({ length: 16 }, (_, at) => at),
      predictedIgnore: [0, 0, 0, 0],
    },
    thresholdHistogram: null,
    noise: makeNoise(4),
    change: { from: "make-pseudo-masks", counts: Array.from({ length: 36 }, (_, at) => at) },
    leakage: null,
    perImage: scored.map((image, index) => countsOf(image.key, (index * 37) % 101)),
    imageErrors: scored.map(({ key }, index) => ({
      imageKey: key,
      scored: 200,
      causes: [0, index % 7, 0, index, 1],
    })),
  };
}

/** Job that the queue holds for a stage, as a worker would have claimed it. */
export async function jobOf(db: Database, runId: string, stage: StageName): Promise<string> {
  const { rows } = await db.pool.query<{ job_id: string }>(
    "select job_id from stage_run where run_id = $1 and stage = $2",
    [runId, stage],
  );
  return rows[0]!.job_id;
}

/** Starts a stage as a worker that has claimed its job does. */
export async function begin(db: Database, runId: string, stage: StageName, workerId = "worker-1") {
  const jobId = await jobOf(db, runId, stage);
  const started = await startStage(db, { runId, stage, jobId, workerId });
  if (started.kind !== "run") throw new Error(`expected a stage to run, got ${started.kind}`);
  return started.request;
}
