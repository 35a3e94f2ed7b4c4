import { type ArtifactKind, maskPath, type MaskStage } from "../contract/index.ts";
import type { EarlierMasks } from "./evaluate-masks.ts";
import { readMask } from "./read-artifact.ts";
import type { StageContext } from "./stage.ts";

/** The artefact that holds a stage's masks. */
const MASKS_OF = {
  "make-seeds": "seed",
  "refine-seeds": "refined-seed",
  "make-pseudo-masks": "pseudo-mask",
  predict: "prediction",
} as const satisfies Readonly<Record<MaskStage, ArtifactKind>>;

/** The masks another stage of this run has made, as the stage that comes after compares with them. */
export async function earlierMasks(context: StageContext, stage: MaskStage): Promise<EarlierMasks> {
  const artifact = await context.input(MASKS_OF[stage]);
  const paths = new Set(artifact.manifest.files.map(({ path }) => path));
  return {
    stage,
    has: ({ key }) => paths.has(maskPath(key)),
    mask: (entry) => readMask(artifact, entry),
  };
}
