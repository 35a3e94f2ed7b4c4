/**
 * What a stage may write. An artefact is a folder of files with a manifest, named by the SHA-256 of
 * that manifest, so equal content has one name and a name cannot change its content.
 */
export const ARTIFACT_KINDS = {
  "classifier-checkpoint": "model.safetensors: weights under the reference's state-dict names",
  "accumulated-attention":
    "probes/KEY.safetensors: `accumulated` [E, C', h, w] U8, maps of a few images after every epoch, and `classes` [C'] I32",
  "seam-views":
    "probes/KEY.safetensors: `maps` [3, 2, C', h, w] U8 of a few images (upright, rescaled, mirrored; before and after the correlation module), `features` [h, w, D] U8 and their `scale`, and `classes` [C'] I32",
  "seed-scores":
    "scores/KEY.safetensors: `cam` [C', h, w] F32 0…1 and `classes` [C'] I32, present classes only",
  seed: "masks/KEY.png: palette PNG of label ids",
  "refined-scores":
    "scores/KEY.safetensors: `probabilities` [C' + 1, h, w] F32, background first, and `classes` [C'] I32",
  "refined-seed": "masks/KEY.png: palette PNG of label ids",
  "affinity-checkpoint": "model.safetensors",
  "affinity-planes":
    "probes/KEY.safetensors: `affinity` [K, h, w] U8 of a few images' pairs, `scores` [C' + 1, h, w] F32 before the walk, background first, and `classes` [C'] I32",
  "pseudo-mask": "masks/KEY.png: palette PNG of label ids, 255 = ignored in training",
  "segmenter-checkpoint": "model.safetensors",
  prediction: "masks/KEY.png: palette PNG of label ids",
  "image-prediction":
    "One image of the playground: images/KEY.jpg as it was looked at, scores/KEY.safetensors of all classes, masks/KEY.png, and probes/KEY.safetensors: `confidence` [H, W] U8",
} as const;

export type ArtifactKind = keyof typeof ARTIFACT_KINDS;
