import { type BackgroundRule, backgroundScores } from "../cam/background.ts";
import { serveJobs } from "../compute-pool/serve-jobs.ts";
import type { DenseCrfConfig, LabelMap, RgbImage, ScoreMaps } from "../contract/index.ts";
import { refineScores } from "../crf/refine.ts";
import { encodeLabels } from "../data/label-file.ts";
import { encodeScores } from "../data/score-file.ts";
import { argmaxLabels, type LabelScores, stackBackground } from "../score-maps/label-scores.ts";
import { resizeLabelScores, resizeScores } from "../score-maps/resize.ts";
import { affinityLabel, walkSeed } from "./affinity-jobs.ts";
import { confidentLabel, irnWalkSeed } from "./irn-jobs.ts";

/**
 * Work on one image that needs no tensors, run in threads. Scores come in at any resolution and go
 * out at that same one; the CRF itself works on the pixels of the image.
 */
export const imageJobs = {
  /** CAM and background rule → refined probabilities (as file bytes) and their label map. */
  async refineSeed(input: {
    image: RgbImage;
    scores: ScoreMaps;
    background: BackgroundRule;
    crf: DenseCrfConfig;
  }): Promise<{ mask: Uint8Array; scores: Uint8Array }> {
    const { image, scores } = input;
    const { height, width } = image;
    const full = resizeScores(scores, { height, width, grid: "half-pixel" });
    const stack = stackBackground(backgroundScores(full, input.background), full);
    const refined = refineScores(image, stack, input.crf);
    const kept = resizeLabelScores(refined, {
      height: scores.height,
      width: scores.width,
      grid: "half-pixel",
    });
    return {
      mask: await encodeLabels(argmaxLabels(refined)),
      scores: encodeScores("probabilities", kept),
    };
  },
  /** A segmenter's probabilities → label map, as file bytes. */
  async refinePrediction(input: {
    image: RgbImage;
    probabilities: LabelScores;
    crf: DenseCrfConfig;
  }): Promise<{ mask: Uint8Array }> {
    const labels: LabelMap = argmaxLabels(
      refineScores(input.image, input.probabilities, input.crf),
    );
    return { mask: await encodeLabels(labels) };
  },
  affinityLabel,
  walkSeed,
  confidentLabel,
  irnWalkSeed,
};

serveJobs(imageJobs);
