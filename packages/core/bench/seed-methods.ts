/**
 * Seeds and pseudo masks of recipes on the built-in dataset, over several random seeds:
 * `node packages/core/bench/seed-methods.ts --home DIR [--seeds 0,1,2] [--until STAGE] RECIPE[:PATH=JSON,…]…`
 * e.g. `cam-affinity-tiny:refinement.walk.crf=null`
 *
 * Stages are cached in the home: recipes share what they have in common, and a run that was broken off
 * goes on.
 */
import { parseArgs } from "node:util";
import type { EvaluationResult, StageName } from "../src/contract/index.ts";
import {
  MASK_STAGES,
  plannedStages,
  RECIPES,
  type RunConfig,
  runConfigSchema,
  STAGES,
  withValueAt,
} from "../src/contract/index.ts";
import { importSyntheticDataset } from "../src/data/synthetic/import-synthetic-dataset.ts";
import { runStage } from "../src/pipeline/index.ts";
import { activateBackend } from "../src/tensor/backend.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    home: { type: "string", default: ".seedmask/bench" },
    seeds: { type: "string", default: "0,1,2" },
    until: { type: "string", default: "make-pseudo-masks" },
    images: { type: "string", default: "400" },
  },
});
const { home } = values;
const last = STAGES.indexOf(values.until as StageName);
const backend = await activateBackend();
const images = Number(values.images);
const { manifest } = await importSyntheticDataset({ home, images });

/** Percent: mIoU, and recall and precision averaged over foreground classes. */
function figuresOf({ meanIou, classes }: EvaluationResult): [number, number, number] {
  const mean = (field: "recall" | "precision"): number => {
    const known = classes.flatMap((each) => (each.label > 0 ? [each[field] ?? 0] : []));
    return (100 * known.reduce((sum, value) => sum + value, 0)) / known.length;
  };
  return [100 * (meanIou ?? 0), mean("recall"), mean("precision")];
}

function spread(values_: readonly number[]): string {
  const mean = values_.reduce((sum, value) => sum + value, 0) / values_.length;
  const variance = values_.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(variance / Math.max(1, values_.length - 1));
  return `${mean.toFixed(1)} ± ${deviation.toFixed(1)}`;
}

/** A recipe's config, with fields changed by path. */
function configOf(variant: string): RunConfig {
  const [name, ...changes] = variant.split(/[:,]/u);
  const { config } = RECIPES.find((recipe) => recipe.name === name)!;
  const changed = changes.reduce((all, change) => {
    const [path, value] = change.split("=") as [string, string];
    return withValueAt(all, path.split("."), JSON.parse(value));
  }, config);
  return runConfigSchema.parse(changed);
}

const rows = new Map<string, [number, number, number][]>();
for (const name of positionals) {
  const config = configOf(name);
  for (const seed of values.seeds.split(",").map(Number)) {
    const inputs = {};
    for (const stage of plannedStages(config)) {
      if (STAGES.indexOf(stage) > last) break;
      const request = {
        runId: `bench-${name.replaceAll(/\W+/gu, "-")}-${seed}`,
        stage,
        attempt: 0,
        config: { ...config, seed },
        dataset: manifest.hash,
        inputs,
      };
      const { signal } = new AbortController();
      const result = await runStage(request, { home, backend, signal, emit: () => undefined });
      Object.assign(inputs, result.outputs);
      process.stderr.write(
        `${name} seed ${seed} ${stage}: ${result.seconds.toFixed(0)} s ${JSON.stringify(result.metrics)}\n`,
      );
      for (const evaluation of result.evaluations) {
        const { split, predictedIgnoreRule } = evaluation.policy;
        if (!MASK_STAGES.some((each) => each === stage) || predictedIgnoreRule !== "excluded") {
          continue;
        }
        const key = `${name} | ${stage} | ${split}`;
        const figures = figuresOf(evaluation);
        rows.set(key, [...(rows.get(key) ?? []), figures]);
        process.stderr.write(`  ${split} ${figures.map((each) => each.toFixed(1)).join(" ")}\n`);
      }
    }
  }
}
process.stdout.write("| recipe | stage | split | mIoU % | recall % | precision % |\n");
process.stdout.write("| --- | --- | --- | --- | --- | --- |\n");
for (const [key, all] of rows) {
  const columns = [0, 1, 2].map((column) => spread(all.map((figures) => figures[column]!)));
  process.stdout.write(`| ${key} | ${columns.join(" | ")} |\n`);
}
process.exit(0);
