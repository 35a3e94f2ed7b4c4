import { backgroundScores } from "../../cam/background.ts";
import type { DatasetImage, LabelMap } from "../../contract/index.ts";
import {
  labelOfClass,
  classIndex,
  importOf,
  maskPath,
  ArtifactError,
} from "../../contract/index.ts";
import { encodeLabels } from "../../data/label-file.ts";
import { type LabelScores, stackBackground } from "../../score-maps/label-scores.ts";
import { resizeLabelScores } from "../../score-maps/resize.ts";
import type { Artifact } from "../artifact-store.ts";
import { earlierMasks } from "../earlier-masks.ts";
import { entriesIn, entriesOf } from "../entries.ts";
import { evaluateSplits } from "../evaluate-splits.ts";
import { openImported } from "../imports/open-imported.ts";
import { ignoreUnsure } from "../ignore-unsure.ts";
import { maskDoubts } from "../mask-doubts.ts";
import { leastProbability, NO_THRESHOLD, type Threshold, thresholdOf } from "../policy.ts";
import { startProgress } from "../progress.ts";
import { atImageSize, readMask, readScores } from "../read-artifact.ts";
import type { ArtifactMeta, StageContext, StageOutcome } from "../stage.ts";
import { walkIrn } from "../walk-irn.ts";
import { walkMasks } from "../walk-masks.ts";

interface Source {
  readonly masks: Artifact;
  readonly scores: (entry: DatasetImage) => Promise<LabelScores>;
}

/** The masks to assemble from: refined ones where the run refines, else the seeds themselves. */
async function openSource(context: StageContext): Promise<Source> {
  const imported = importOf(context.config);
  if (imported?.kind === "pseudo-masks") {
    return {
      masks: await openImported(context, imported),
      scores: ({ id }) =>
        Promise.reject(
          new ArtifactError(`make-pseudo-masks: expected scores of image ${id}, got masks alone.`),
        ),
    };
  }
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

/** Seeds or refined seeds as they are, cleaned; or pseudo masks made elsewhere. */
async function takeMasks(context: StageContext): Promise<Threshold> {
  const { config, dataset, limit } = context;
  const least = leastProbability(config);
  const { masks, scores } = await openSource(context);
  const { all } = entriesIn(masks, entriesOf(dataset, config, limit), maskPath);
  const draft = context.draft("pseudo-mask");
  const progress = startProgress(context, { total: all.length, unit: "image" });
  for (const [index, entry] of all.entries()) {
    const mask = requireOwnLabels(await readMask(masks, entry), entry);
    const target = least === null ? mask : ignoreUnsure(mask, await scores(entry), least);
    await draft.put(maskPath(entry.key), await encodeLabels(target));
    await progress.reach(index + 1);
  }
  return config.pseudoMasks.policy === "imported" ? NO_THRESHOLD : thresholdOf(masks);
}

interface Assembled {
  readonly threshold: Threshold;
  /** What to say of the affinities in the draft beside; absent where none were walked. */
  readonly planesMeta?: ArtifactMeta;
}

async function assembleMasks(context: StageContext): Promise<Assembled> {
  const { refinement, pseudoMasks } = context.config;
  if (pseudoMasks.policy === "imported") return { threshold: await takeMasks(context) };
  switch (refinement.kind) {
    case "affinity":
      return walkMasks(context, refinement);
    case "irn":
      return { threshold: await walkIrn(context, refinement) };
    case "none":
    case "dense-crf":
    case "imported":
      return { threshold: await takeMasks(context) };
  }
}

/** Training targets of the segmenter: seeds, cleaned or walked, with unsure pixels ignored. */
export async function makePseudoMasks(context: StageContext): Promise<StageOutcome> {
  const { config, dataset } = context;
  const { policy } = config.pseudoMasks;
  const imported = importOf(config);
  const { threshold, planesMeta } = await assembleMasks(context);
  const meta = {
    classes: dataset.manifest.classes,
    threshold,
    policy,
    ...(imported?.kind === "pseudo-masks" ? { imported: { ...imported } } : {}),
  };
  const pseudoMasks = await context.commit("pseudo-mask", meta);
  // Last: where the masks were sealed before a crash all images walk anew, and write theirs again.
  if (planesMeta) await context.commit("affinity-planes", planesMeta);
  const refined = ["dense-crf", "imported"].includes(config.refinement.kind);
  const before =
    policy === "imported"
      ? null
      : await earlierMasks(context, refined ? "refine-seeds" : "make-seeds");
  const evaluations = await evaluateSplits(context, {
    stage: "make-pseudo-masks",
    masks: pseudoMasks,
    before,
    threshold,
    rules: policy === "argmax" ? ["excluded"] : ["excluded", "as-background"],
  });
  const diagnostics = await maskDoubts(context, {
    stage: "make-pseudo-masks",
    masks: pseudoMasks,
    before,
  });
  return { metrics: {}, evaluations, diagnostics };
}
