import type { DenseCrfConfig } from "../contract/index.ts";

/** CRF settings of one release, with the unary it feeds. */
export interface CrfPreset {
  readonly config: DenseCrfConfig;
  /** `probabilities`: −log of scores clipped at `clip`. `labels`: a label map right with `certainty`. */
  readonly unary:
    | { readonly from: "probabilities"; readonly clip: number }
    | { readonly from: "labels"; readonly certainty: number };
  readonly source: string;
}

const preset = (
  source: string,
  iterations: number,
  smoothness: { readonly sxy: number; readonly weight: number },
  appearance: { readonly sxy: number; readonly srgb: number; readonly weight: number },
  unary: CrfPreset["unary"] = { from: "probabilities", clip: 1e-5 },
): CrfPreset => ({
  config: {
    iterations,
    gaussianSxy: smoothness.sxy,
    gaussianWeight: smoothness.weight,
    bilateralSxy: appearance.sxy,
    bilateralSrgb: appearance.srgb,
    bilateralWeight: appearance.weight,
  },
  unary,
  source,
});

/** Every published parameter set we know, each copied from its release. */
export const CRF_PRESETS = {
  psa: preset(
    "psa tool/imutils.py, crf_inference; also SEAM, rrm, 1-stage, toco, mctformer",
    10,
    { sxy: 3, weight: 3 },
    { sxy: 80, srgb: 13, weight: 10 },
  ),
  "irn-labels": preset(
    "irn misc/imutils.py, crf_inference_label",
    10,
    { sxy: 3, weight: 3 },
    { sxy: 50, srgb: 5, weight: 10 },
    { from: "labels", certainty: 0.7 },
  ),
  "deeplab-v2": preset(
    "deeplab-pytorch configs/voc12.yaml; also conta",
    10,
    { sxy: 1, weight: 3 },
    { sxy: 67, srgb: 3, weight: 4 },
  ),
  rrm: preset("rrm inference", 10, { sxy: 3, weight: 3 }, { sxy: 83, srgb: 5, weight: 4 }),
  "seam-segmenter": preset(
    "semantic-segmentation-codebase, SEAM's retraining",
    1,
    { sxy: 3, weight: 3 },
    { sxy: 32, srgb: 13, weight: 10 },
  ),
  "seam-walk": preset(
    "SEAM infer_aff.py --crf, on walked scores",
    1,
    { sxy: 3, weight: 3 },
    { sxy: 80, srgb: 13, weight: 10 },
  ),
  oaa: preset(
    "oaa segmentation, README",
    1,
    { sxy: 3, weight: 1 },
    { sxy: 67, srgb: 4, weight: 3 },
    { from: "probabilities", clip: 1e-4 },
  ),
  toco: preset("toco segmentation", 10, { sxy: 1, weight: 1 }, { sxy: 121, srgb: 5, weight: 4 }),
  afa: preset(
    "afa and weclip segmentation",
    10,
    { sxy: 3, weight: 3 },
    { sxy: 64, srgb: 5, weight: 4 },
  ),
  mctformer: preset(
    "mctformer segmentation",
    10,
    { sxy: 4, weight: 3 },
    { sxy: 83, srgb: 5, weight: 3 },
  ),
} as const satisfies Readonly<Record<string, CrfPreset>>;
