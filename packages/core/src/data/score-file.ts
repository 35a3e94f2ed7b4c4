import { readFile, writeFile } from "node:fs/promises";
import type { ScoreMaps } from "../contract/index.ts";
import { ArtifactError } from "../contract/index.ts";
import { decodeSafetensors, encodeSafetensors } from "../tensor/safetensors.ts";

/** `cam`: one plane per class. `probabilities`: background first, then one plane per class. */
export type ScoreName = "cam" | "probabilities";

const planesOf = (name: ScoreName, classes: number): number =>
  name === "cam" ? classes : classes + 1;

/**
 * Score maps as safetensors bytes: `name` [planes, h, w] F32 and `classes` [C'] I32.
 *
 * data      [planes, h, w]  planes = C' for `cam`, C' + 1 for `probabilities`; may have no plane
 * @see contract/artifact.ts, ARTIFACT_KINDS
 */
export function encodeScores(name: ScoreName, scores: ScoreMaps): Uint8Array {
  const { height, width, classes, data } = scores;
  const planes = planesOf(name, classes.length);
  if (data.length !== planes * height * width) {
    throw new ArtifactError(
      `${name}: expected ${planes} planes of ${height}×${width}, got ${data.length} values. ` +
        "Pass one plane per class, and background first for probabilities.",
    );
  }
  return encodeSafetensors(
    new Map([
      [name, { dtype: "F32" as const, shape: [planes, height, width], data }],
      ["classes", { dtype: "I32" as const, shape: [classes.length], data: classes }],
    ]),
  );
}

/** @throws {ArtifactError} naming the file, where its tensors are missing or do not fit each other */
export function decodeScores(name: ScoreName, bytes: Uint8Array, file: string): ScoreMaps {
  const { tensors } = decodeSafetensors(bytes, file);
  const scores = tensors.get(name);
  const classes = tensors.get("classes");
  const [planes, height, width] = scores?.shape ?? [];
  if (
    !(scores?.data instanceof Float32Array) ||
    !(classes?.data instanceof Int32Array) ||
    height === undefined ||
    width === undefined ||
    planes !== planesOf(name, classes.data.length)
  ) {
    const found = [...tensors].map(([key, { shape }]) => `${key} [${shape.join(", ")}]`).join(", ");
    throw new ArtifactError(
      `${file}: expected tensors ${name} and classes that fit each other, got ${found}. Run the stage that wrote it again.`,
    );
  }
  return { height, width, classes: classes.data, data: scores.data };
}

export async function readScoreFile(path: string, name: ScoreName): Promise<ScoreMaps> {
  return decodeScores(name, await readFile(path), path);
}

export async function writeScoreFile(
  path: string,
  name: ScoreName,
  scores: ScoreMaps,
): Promise<void> {
  await writeFile(path, encodeScores(name, scores));
}
