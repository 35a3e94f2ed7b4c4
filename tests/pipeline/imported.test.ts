import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type ArtifactKind,
  type ImportedKind,
  plannedStages,
  type RunConfig,
  runConfigSchema,
  type StageResult,
} from "@seedmask/core/contract";
import {
  createArtifactStore,
  findDataset,
  importArtifact,
  importDataset,
  makeSyntheticDataset,
  runPipeline,
  type StageEnvironment,
} from "@seedmask/core/pipeline";
import { activateBackend } from "@seedmask/core/tensor/backend";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tinyConfig } from "./tiny-config.ts";

let home: string;
let environment: StageEnvironment;
let own: RunConfig;
let ownResults: StageResult[];

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "seedmask-imported-"));
  const scenes = join(home, "scenes");
  await makeSyntheticDataset({ to: scenes, seed: 3, images: 16, size: 64 });
  await importDataset(scenes, { home, name: "scenes" });
  environment = {
    home,
    backend: await activateBackend(),
    signal: new AbortController().signal,
    emit: () => undefined,
    threads: 1,
  };
  const config = tinyConfig();
  own = { ...config, segmenter: { ...config.segmenter, initialise: "pretrained", epochs: 1 } };
  ownResults = await run(own);
});
afterAll(() => rm(home, { recursive: true, force: true }));

async function run(config: unknown): Promise<StageResult[]> {
  const { manifest } = await findDataset(home, "scenes");
  const request = { config: runConfigSchema.parse(config), dataset: manifest.hash, runId: "it" };
  return runPipeline(request, environment);
}

const outputOf = (results: readonly StageResult[], kind: ArtifactKind): string =>
  results.map(({ outputs }) => outputs[kind]).find((hash) => hash !== undefined)!;

/** Takes in what the run of our own wrote, as if a colleague had sent the folder. */
async function takeIn(kind: ImportedKind, from: ArtifactKind, splits?: readonly string[]) {
  const sent = kind === "pseudo-masks" ? "masks" : "scores";
  const { hash } = await importArtifact({
    home,
    dataset: await findDataset(home, "scenes"),
    kind,
    name: "sent",
    folder: join(home, "artifacts", outputOf(ownResults, from), sent),
    ...(splits ? { splits } : {}),
  });
  return { name: "sent", artifact: hash };
}

async function filesOf(hash: string) {
  return (await createArtifactStore({ home }).open(hash)).manifest.files;
}

/** Masks, predictions and figures of two runs, but for what one says of where they come from. */
async function expectSame(results: readonly StageResult[], kinds: readonly ArtifactKind[]) {
  for (const kind of kinds) {
    expect(await filesOf(outputOf(results, kind))).toEqual(
      await filesOf(outputOf(ownResults, kind)),
    );
  }
  expect(results.at(-1)!.metrics).toEqual(ownResults.at(-1)!.metrics);
}

describe("a run that goes on from", () => {
  it("imported seeds makes the same masks, bit for bit, and trains no classifier", async () => {
    const { background } = own.seeds;
    const seeds = { method: "imported", ...(await takeIn("seeds", "seed-scores")), background };
    const config = runConfigSchema.parse({ ...own, seeds });
    const results = await run(config);
    expect(plannedStages(config)).toEqual(plannedStages(own).slice(1));
    await expectSame(results, ["seed", "refined-seed", "pseudo-mask", "prediction"]);
    const [evaluation] = results[0]!.evaluations;
    expect(evaluation!.policy).toMatchObject({ stage: "make-seeds", scales: [], flip: false });
    expect(evaluation!.meanIou).toBe(ownResults[1]!.evaluations[0]!.meanIou);
    expect((await run(config)).every(({ cached }) => cached)).toBe(true);
  });

  it("imported pseudo masks goes straight to the segmenter", async () => {
    const pseudoMasks = { policy: "imported", ...(await takeIn("pseudo-masks", "pseudo-mask")) };
    const config = runConfigSchema.parse({ ...own, pseudoMasks });
    const results = await run(config);
    expect(plannedStages(config)).toEqual([
      "make-pseudo-masks",
      "train-segmenter",
      "predict",
      "evaluate",
    ]);
    await expectSame(results, ["pseudo-mask", "prediction"]);
    expect(results[0]!.evaluations.length).toBeGreaterThan(0);
    const { manifest } = await createArtifactStore({ home }).open(outputOf(results, "pseudo-mask"));
    expect(manifest.meta["imported"]).toMatchObject({ kind: "pseudo-masks", name: "sent" });
  });

  it("imported refined seeds keeps their probabilities", async () => {
    const refinement = {
      kind: "imported",
      ...(await takeIn("refined-seeds", "refined-scores")),
    };
    const results = await run({ ...own, refinement });
    expect(results.map(({ stage }) => stage)[0]).toBe("refine-seeds");
    const kind = "refined-scores";
    expect(await filesOf(outputOf(results, kind))).toEqual(
      await filesOf(outputOf(ownResults, kind)),
    );
    expect(results[0]!.evaluations.length).toBeGreaterThan(0);
  });

  it("seeds of the training split alone predicts the other all the same", async () => {
    const taken = await takeIn("seeds", "seed-scores", ["train"]);
    const seeds = { method: "imported", ...taken, background: own.seeds.background };
    const results = await run({ ...own, seeds });
    const splitsOf = ({ evaluations }: StageResult) =>
      evaluations.map(({ policy }) => policy.split);
    expect(splitsOf(results[0]!)).toEqual(["train"]);
    expect(splitsOf(results.at(-1)!)).toContain("val");
  });

  it("an artefact of another name or kind, or none, is refused by name", async () => {
    const { artifact } = await takeIn("pseudo-masks", "pseudo-mask");
    const pseudoMasks = { policy: "imported", name: "other", artifact };
    await expect(run({ ...own, pseudoMasks })).rejects.toThrow(/imported under, sent/u);
    const refinement = { kind: "imported", name: "sent", artifact };
    await expect(run({ ...own, refinement })).rejects.toThrow(
      /kind refined-scores, got pseudo-mask/u,
    );
    const gone = { ...pseudoMasks, artifact: "0".repeat(64) };
    await expect(run({ ...own, pseudoMasks: gone })).rejects.toThrow(/artifact list/u);
  });
});
