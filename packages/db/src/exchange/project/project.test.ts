import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import {
  type ArtifactKind,
  artifactKey,
  datasetKey,
  type DatasetManifest,
  maskPath,
  plannedStages,
  thumbnailPath,
} from "@seedmask/core/contract";
import { datasetHash, encodeLabels, imageKey } from "@seedmask/core/masks";
import { Disk } from "flydrive";
import { FSDriver } from "flydrive/drivers/fs";
import { ZipFile } from "yazl";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  begin,
  demoConfig,
  makeActor,
  makeEvaluation,
  makeManifest,
  makeReport,
  makeResult,
  makeRun,
} from "../../../test/factories.ts";
import { createTestDatabase, type TestDatabase } from "../../../test/with-database.ts";
import {
  completeStage,
  type Database,
  getRun,
  leaderboard,
  listPolicies,
  listRuns,
  recordDatasetVersion,
  recordProgress,
  searchLogs,
  SYSTEM_ACTOR,
} from "../../index.ts";
import { exportProject } from "./export-project.ts";
import { importProject } from "./import-project.ts";
import { readEvaluation } from "./read-runs.ts";

const sha256 = (bytes: Uint8Array | string): string =>
  createHash("sha256").update(bytes).digest("hex");
const signal = new AbortController().signal;

let from: TestDatabase;
let to: TestDatabase;
let root: string;
let home: string;
let manifest: DatasetManifest;
let runId: string;
let archive: string;

/** Puts files below a folder of the data home. */
async function put(folder: string, files: Readonly<Record<string, Uint8Array | string>>) {
  for (const [path, bytes] of Object.entries(files)) {
    await mkdir(join(folder, path, ".."), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
}

const labels = (value: number): Uint8Array =>
  encodeLabels({ width: 3, height: 2, data: Uint8Array.from([0, value, 255, value, 0, 0]) });

/** A dataset in the data home whose name is true: images of a few bytes, masks of six pixels. */
async function makeDataset(): Promise<DatasetManifest> {
  const draft = makeManifest({ images: 8, name: "true-scenes" });
  const images = draft.images.map((image) => ({
    ...image,
    key: imageKey(image.id),
    image: `images/${imageKey(image.id)}.jpg`,
    mask: maskPath(imageKey(image.id)),
  }));
  const hash = datasetHash(
    draft.classes,
    images.map((entry) => ({
      entry,
      hashes: {
        image: sha256(entry.id),
        mask: sha256(Uint8Array.from([0, 1, 255, 1, 0, 0])),
      },
    })),
  );
  const whole = { ...draft, hash, images };
  const folder = join(home, datasetKey(hash, ""));
  await put(folder, { "dataset.json": JSON.stringify(whole) });
  for (const { id, key, image } of images) {
    await put(folder, { [image]: id, [maskPath(key)]: labels(1), [thumbnailPath(key)]: "webp" });
  }
  return whole;
}

/** An artefact in the data home, named by its manifest. */
async function makeArtifact(kind: ArtifactKind, content: Record<string, Uint8Array>) {
  const files = Object.entries(content).map(([path, bytes]) => ({
    bytes: bytes.length,
    path,
    sha256: sha256(bytes),
  }));
  const text = JSON.stringify({ dataset: manifest.hash, files, kind, meta: {}, schemaVersion: 1 });
  const hash = sha256(text);
  await put(join(home, artifactKey(hash, "")), { ...content, "manifest.json": text });
  return hash;
}

/** A finished run with masks, weights, figures of every image, a curve and a log. */
async function makeFinishedRun(db: Database): Promise<string> {
  const owner = await makeActor(db, "member");
  const { id } = await makeRun(db, { dataset: manifest, actor: owner, title: "The run" });
  const masks = Object.fromEntries(manifest.images.map(({ key }) => [maskPath(key), labels(2)]));
  const seed = await makeArtifact("seed", masks);
  const weights = await makeArtifact("classifier-checkpoint", { "model.safetensors": labels(3) });
  for (const stage of plannedStages(demoConfig())) {
    const { attempt } = await begin(db, id, stage);
    await recordProgress(db, {
      runId: id,
      stage,
      attempt,
      events: [
        { type: "metric", stage, name: "loss", step: 1, value: 0.1 + 0.2 },
        { type: "log", stage, level: "info", message: `did ${stage}` },
      ],
    });
    const evaluation = { stage: "make-seeds", artifact: seed, meanIou: 1 / 3 } as const;
    const scored = stage === "make-seeds" || stage === "evaluate";
    const evaluations = scored ? [makeEvaluation(manifest, evaluation)] : [];
    const outputs =
      stage === "make-seeds"
        ? { seed }
        : stage === "train-classifier"
          ? { "classifier-checkpoint": weights }
          : {};
    await completeStage(db, {
      runId: id,
      attempt,
      result: makeResult(stage, { outputs, evaluations }),
    });
  }
  return id;
}

async function writeProject(artifacts: "masks" | "all" | "none", images = true): Promise<string> {
  const files = new Disk(new FSDriver({ location: home, visibility: "private" }));
  const options = { actor: SYSTEM_ACTOR, codeVersion: "test", artifacts, images };
  const file = join(root, `${artifacts}-${images}.zip`);
  await pipeline(await exportProject({ db: from.db, files }, options), createWriteStream(file));
  return file;
}

beforeAll(async () => {
  [from, to] = [await createTestDatabase(), await createTestDatabase()];
  root = await mkdtemp(join(tmpdir(), "seedmask-project-"));
  home = join(root, "home");
  manifest = await makeDataset();
  const report = makeReport(manifest);
  await recordDatasetVersion(from.db, { actor: SYSTEM_ACTOR, manifest, report });
  runId = await makeFinishedRun(from.db);
  await makeRun(from.db, { dataset: manifest });
  archive = await writeProject("masks");
});
afterAll(async () => {
  await rm(root, { recursive: true });
  await from.drop();
  await to.drop();
});

/** What the pages of a run and the leaderboard show. */
async function shown(db: Database) {
  const run = await getRun(db, runId);
  const [policy] = await listPolicies(db, { dataset: manifest.hash });
  const { rows } = await db.pool.query<{ key: string }>(
    "select content_key as key from evaluation",
  );
  const { lines } = await searchLogs(db, { runId });
  return {
    run: {
      ...run,
      number: null,
      owner: null,
      evaluations: run.evaluations.map((each) => ({ ...each, id: null, createdAt: null })),
      stages: run.stages.map((stage) => ({ ...stage, worker: null })),
    },
    ranking: (await leaderboard(db, { policyKey: policy!.policyKey })).map((row) => ({
      ...row,
      evaluation: null,
      owner: null,
    })),
    counts: await readEvaluation(db, rows[0]!.key),
    log: lines.map(({ at, message }) => [at, message]),
  };
}

describe("a project", () => {
  it("shows the same numbers and masks where it is imported", async () => {
    const there = join(root, "there");
    const input = { actor: SYSTEM_ACTOR, file: archive, home: there, signal };
    expect(await importProject(to.db, input)).toEqual({
      datasets: 1,
      artifacts: 1,
      runs: 1,
      knownRuns: 0,
    });
    expect(await shown(to.db)).toEqual(await shown(from.db));
    for (const path of await readdir(join(home, "datasets"), { recursive: true })) {
      expect(await readdir(join(there, "datasets"), { recursive: true })).toContain(path);
    }
    const [seed] = await readdir(join(there, "artifacts"));
    const mask = artifactKey(seed!, maskPath(manifest.images[0]!.key));
    expect(await readFile(join(there, mask))).toEqual(await readFile(join(home, mask)));

    const again = await importProject(to.db, input);
    expect(again).toEqual({ datasets: 0, artifacts: 0, runs: 0, knownRuns: 1 });
    expect((await listRuns(to.db, {})).rows).toHaveLength(1);
    expect(await readdir(join(there, "work"))).toEqual([]);
  });

  it("takes weights along where all is asked for, and nothing where nothing is", async () => {
    const count = async (file: string): Promise<number> => {
      const database = await createTestDatabase();
      const there = await mkdtemp(join(root, "there-"));
      const input = { actor: SYSTEM_ACTOR, file, home: there, signal };
      const { artifacts } = await importProject(database.db, input);
      await database.drop();
      return artifacts;
    };
    expect(await count(await writeProject("all"))).toBe(2);
    expect(await count(await writeProject("none"))).toBe(0);
  });

  it("is for admins", async () => {
    const actor = await makeActor(from.db, "maintainer");
    const input = { actor, file: archive, home, signal };
    await expect(importProject(from.db, input)).rejects.toThrow("expected role admin");
    const files = new Disk(new FSDriver({ location: home, visibility: "private" }));
    const options = { actor, codeVersion: "x", artifacts: "none", images: false } as const;
    await expect(exportProject({ db: from.db, files }, options)).rejects.toThrow("role admin");
  });
});

describe("an archive that lies", () => {
  async function refused(file: string, expected: string): Promise<void> {
    const database = await createTestDatabase();
    const there = await mkdtemp(join(root, "refused-"));
    const input = { actor: SYSTEM_ACTOR, file, home: there, signal };
    await expect(importProject(database.db, input)).rejects.toThrow(expected);
    const { rows } = await database.db.pool.query(
      "select (select count(*) from run) + (select count(*) from dataset_version) + (select count(*) from artifact) as rows",
    );
    expect(rows).toEqual([{ rows: "0" }]);
    const left = await readdir(there, { recursive: true });
    expect(left.filter((path) => path.split("/").length > 1)).toEqual([]);
    await database.drop();
  }

  /** The true home with one file changed, exported, and put right again. */
  async function tampered(path: string, bytes: Uint8Array | string): Promise<string> {
    const good = await readFile(join(home, path));
    await writeFile(join(home, path), bytes);
    const file = await writeProject("masks");
    await writeFile(join(home, path), good);
    return file;
  }

  it("about an image is refused whole", async () => {
    const path = datasetKey(manifest.hash, manifest.images[0]!.image);
    await refused(await tampered(path, "another"), "other images");
  });

  it("about a mask of an artefact is refused whole", async () => {
    const run = await getRun(from.db, runId);
    const seed = run.stages.flatMap(({ outputs }) => outputs).find(({ kind }) => kind === "seed");
    const path = artifactKey(seed!.hash, maskPath(manifest.images[0]!.key));
    await refused(await tampered(path, labels(7)), "another masks/");
  });

  it("is no project, or leaves out the dataset of its runs", async () => {
    const zip = new ZipFile();
    zip.addBuffer(Buffer.from("{}"), "project.json");
    zip.end();
    const empty = join(root, "empty.zip");
    await pipeline(zip.outputStream, createWriteStream(empty));
    await refused(empty, "project.json does not fit");
    await refused(await writeProject("masks", false), "neither here nor in the archive");
  });
});
