import type { DatasetImage, LabelMap, ScoreMaps } from "../contract/index.ts";
import { ArtifactError, maskPath, scorePath, ValueRangeError } from "../contract/index.ts";
import { decodeLabels } from "../data/label-file.ts";
import { decodeScores, type ScoreName } from "../data/score-file.ts";
import { resizeScores } from "../score-maps/resize.ts";
import type { Artifact } from "./artifact-store.ts";

/** The mask of an image in an artefact. */
export async function readMask(artifact: Artifact, entry: DatasetImage): Promise<LabelMap> {
  const path = maskPath(entry.key);
  return decodeLabels(await artifact.read(path), `${artifact.hash}/${path}`);
}

/**
 * The score maps of an image in an artefact, as they were kept.
 * @throws {ArtifactError} when there is a map of a class that the image does not have
 */
export async function readScores(
  artifact: Artifact,
  entry: DatasetImage,
  name: ScoreName,
): Promise<ScoreMaps> {
  const path = scorePath(entry.key);
  const scores = decodeScores(name, await artifact.read(path), `${artifact.hash}/${path}`);
  const stranger = scores.classes.find((index) => !entry.labels.includes(index));
  if (stranger === undefined) return scores;
  throw new ArtifactError(
    `${artifact.hash}/${path}: expected maps of classes ${entry.labels.join(", ") || "none"} of image ${entry.id}, got one of class ${stranger}. Make the seeds anew, or correct the image's labels.`,
  );
}

/** Score maps brought to the image's own size. */
export const atImageSize = (scores: ScoreMaps, { height, width }: DatasetImage): ScoreMaps =>
  resizeScores(scores, { height, width, grid: "half-pixel" });

/** @throws {ValueRangeError} where a score is no number in 0…1, saying the range that was seen */
export function requireUnitRange(scores: ScoreMaps, where: string): ScoreMaps {
  let least = Infinity;
  let most = -Infinity;
  for (const value of scores.data) {
    if (!(value >= 0 && value <= 1)) {
      throw new ValueRangeError(
        `${where}: expected scores in 0…1, got ${value} (seen so far: ${least} to ${most}). Train the classifier again with a lower learning rate.`,
      );
    }
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return scores;
}
