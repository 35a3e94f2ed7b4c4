import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { ConfigError, DatasetError } from "@seedmask/core/contract";
import { createArtifactStore, predictImage, writePrediction } from "@seedmask/core/pipeline";
import { activateBackend } from "@seedmask/core/tensor/backend";
import { getModel } from "@seedmask/db";
import type { Command } from "commander";
import { env } from "../env.ts";
import { interruptSignal } from "./interrupt.ts";
import { percent, print, printJson, startProgressLine } from "./output.ts";
import { withDatabase } from "./with-database.ts";

interface PredictFlags {
  readonly run: string;
  readonly out: string;
  readonly json?: boolean;
}

/** What is printed of one image. */
interface Predicted {
  readonly image: string;
  /** Class name → the classifier's probability, 0…1; null without a classifier. */
  readonly scores: Readonly<Record<string, number>> | null;
  readonly files: readonly string[];
}

async function readImage(path: string): Promise<Uint8Array> {
  return readFile(path).catch((cause: unknown) => {
    throw new DatasetError(`${path}: expected an image, found none. Check the path.`, { cause });
  });
}

/** What each image's files are called: their paths are left behind, so two may not share a name. */
function namesOf(images: readonly string[]): string[] {
  const names = images.map((image) => basename(image, extname(image)));
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice === undefined) return names;
  throw new ConfigError(
    `predict: expected images of different names, got two called ${twice}. Give each folder an --out of its own.`,
  );
}

async function predictCommand(
  images: readonly string[],
  { run, out, json = false }: PredictFlags,
): Promise<void> {
  const names = namesOf(images);
  const model = await withDatabase((db) => getModel(db, run));
  await activateBackend({ backend: env.backend });
  await mkdir(out, { recursive: true });
  const store = createArtifactStore({ home: env.home });
  const signal = interruptSignal();
  const line = startProgressLine("predict", { quiet: json });
  const results: Predicted[] = [];
  for (const [at, image] of images.entries()) {
    signal.throwIfAborted();
    const prediction = await predictImage({ ...model, name: image }, await readImage(image), store);
    const files: string[] = [];
    await writePrediction(prediction, names[at]!, async (path, bytes) => {
      await writeFile(join(out, path), bytes);
      files.push(path);
    });
    const { classes } = prediction;
    const scores =
      classes &&
      Object.fromEntries(model.classes.map((each, index) => [each, classes.scores[index]!]));
    results.push({ image, scores, files });
    line.update(at + 1, images.length, "images");
  }
  line.stop();
  if (json) return printJson(results);
  for (const { image, scores, files } of results) {
    const ranked = Object.entries(scores ?? {}).toSorted(([, a], [, b]) => b - a);
    const best = ranked.slice(0, 3).map(([name, score]) => `${name} ${percent(score)}`);
    print(`${image}: ${[...best, ...files].join(", ")}`);
  }
}

/** `seedmask predict`: the playground's code on files. */
export function addPredictCommand(program: Command): void {
  program
    .command("predict <images...>")
    .description("Let a run's networks look at images: class scores, maps and masks")
    .requiredOption("--run <run>", "id of a run that has trained a network")
    .requiredOption("--out <folder>", "where masks (.png) and class maps (.safetensors) go")
    .option("--json", "print JSON")
    .action(predictCommand);
}
