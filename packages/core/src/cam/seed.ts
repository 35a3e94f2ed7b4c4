import type { LabelMap, ScoreMaps } from "../contract/index.ts";
import { argmaxLabels, stackBackground } from "../score-maps/label-scores.ts";
import { type BackgroundRule, backgroundScores } from "./background.ts";

/**
 * Seed label map: the best of background and present classes at every pixel.
 *
 * maps     [C', h, w]  0…1
 * returns  [h, w]      0 or class index + 1; a tie is background
 *
 * Empty case: an image without labels is background everywhere.
 * Differs from the release: psa and irn fail there (maximum over an empty axis).
 * @see Ahn & Kwak 2018, section 3.1; psa infer_cls.py, irn step/eval_cam.py
 */
export const seedFromScores = (maps: ScoreMaps, background: BackgroundRule): LabelMap =>
  argmaxLabels(stackBackground(backgroundScores(maps, background), maps));
