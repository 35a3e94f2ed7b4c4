import { backgroundScores } from "../../cam/background.ts";
import type { DatasetImage, LabelMap } from "../../contract/index.ts";
import {
  IGNORE_INDEX,
  labelOfClass,
  classIndex,
  maskPath,
  ArtifactError,
} from "../../contract/index.ts";
import { encodeLabels } from "../../data/label-file.ts";
import { type LabelScores, stackBackground } from "../../score-maps/label-scores.ts";
import { resizeLabelScores } from "../../score-maps/resize.ts";
import type { Artifact } from "../artifact-store.ts";
import { entriesOf } from "../entries.ts";
import { evaluateSplits } from "../evaluate-splits.ts";
import { thresholdOf } from "../policy.ts";
import { startProgress } from "../progress.ts";
import { atImageSize, readMask, readScores } from "../read-artifact.ts";
import type { StageContext, StageOutcome } from "../stage.ts";

interface Source {
  readonly masks: Artifact;
  readonly scores: (entry: DatasetImage) => Promise<LabelScores>;
}

/** The masks to assemble from: refined ones where the run refines, else the seeds themselves. */
async function openSource(context: StageContext): Promise<Source> {
  if (context.config.refinement.kind !== "none") {
    const refined = await context.input("refined-scores");
    return {
      masks: await context.input("refined-seed"),
      scores: async (entry) =>
        resizeLabelScores(await readScores(refined, entry, "probabilities"), {
          height: entry.height,
          width: entry.width,
          grid: "half-pixel",
        }),
    };
  }
  const masks = await context.input("seed");
  const cam = await context.input("seed-scores");
  const { value } = thresholdOf(masks);
  return {
    masks,
    scores: async (entry) => {
      const maps = atImageSize(await readScores(cam, entry, "cam"), entry);
      const background = backgroundScores(maps, { rule: "constant", threshold: value ?? 0 });
      return stackBackground(background, maps);
    },
  };
}

/** Share of the best label among all labels' scores at a pixel, 0…1. */
function bestShares({ height, width, classes, data }: LabelScores): Float32Array {
  const pixels = height * width;
  const shares = new Float32Array(pixels);
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    let sum = 0;
    let best = 0;
    for (let map = 0; map <= classes.length; map += 1) {
      const score = data[map * pixels + pixel]!;
      sum += score;
      best = Math.max(best, score);
    }
    shares[pixel] = sum === 0 ? 0 : best / sum;
  }
  return shares;
}

/** Ignores the pixels of a mask whose best label is not probable enough. */
function ignoreUnsure(mask: LabelMap, scores: LabelScores, minimumProbability: number): LabelMap {
  const shares = bestShares(scores);
  const data = mask.data.map((label, pixel) =>
    shares[pixel]! < minimumProbability ? IGNORE_INDEX : label,
  );
  return { ...mask, data };
}

/** A pseudo mask may hold only the image's own labels, background and ignore. */
function requireOwnLabels(mask: LabelMap, entry: DatasetImage): LabelMap {
  const allowed = new Set([
    0,
    255,
    ...entry.labels.map((index) => labelOfClass(classIndex(index))),
  ]);
  const stranger = mask.data.find((label) => !allowed.has(label));
  if (stranger === undefined) return mask;
  throw new ArtifactError(
    `make-pseudo-masks: expected labels ${[...allowed].join(", ")} in image ${entry.id}, got ${stranger}. Run the seed stage again.`,
  );
}

/** Training targets of the segmenter: the seeds, cleaned and with unsure pixels ignored. */
export async function makePseudoMasks(context: StageContext): Promise<StageOutcome> {
  const { config, dataset, limit } = context;
  const { policy, minimumProbability } = config.pseudoMasks;
  const { all } = entriesOf(dataset, config, limit);
  const { masks, scores } = await openSource(context);
  const draft = context.draft("pseudo-mask");
  const progress = startProgress(context, { total: all.length, unit: "image" });
  for (const [index, entry] of all.entries()) {
    const mask = requireOwnLabels(await readMask(masks, entry), entry);
    const target =
      policy === "argmax" ? mask : ignoreUnsure(mask, await scores(entry), minimumProbability);
    await draft.put(maskPath(entry.key), await encodeLabels(target));
    await progress.reach(index + 1);
  }
  const threshold = thresholdOf(masks);
  const meta = { classes: dataset.manifest.classes, threshold, policy };
  const pseudoMasks = await context.commit("pseudo-mask", meta);
  const evaluations = await evaluateSplits(context, {
    stage: "make-pseudo-masks",
    masks: pseudoMasks,
    threshold,
    rules: policy === "argmax" ? ["excluded"] : ["excluded", "as-background"],
  });
  return { metrics: {}, evaluations };
}
