import { affinityPsa, randomWalkPsa } from "./kernels/affinity.ts";
import { camIrnMultiscale, camPsaMultiscale, camSeamNormalise } from "./kernels/cam.ts";
import { crfLabels, crfProbabilities } from "./kernels/crf.ts";
import {
  deeplabV2AsppSgd,
  deeplabV2Formula,
  deeplabV3PlusFormula,
  deeplabV3PlusHead,
} from "./kernels/deeplab.ts";
import { irnAffinityLoss, irnConfidentLabels, randomWalkIrn } from "./kernels/irn.ts";
import type { Kernel } from "./kernels/kernel.ts";
import { confusionMetrics } from "./kernels/metrics.ts";
import {
  deeplabStemLayer,
  formulaWeightsCheck,
  irnBottleneck,
  resNet50Formula,
  wideResNet38Formula,
  wideResNetBottleneckBlock,
  wideResNetPlainBlock,
} from "./kernels/networks.ts";
import { oaaAccumulate, oaaIntegralLoss } from "./kernels/oaa.ts";
import { multilabelSoftMargin, optimiserPolyPsa, polyLearningRate } from "./kernels/optimisers.ts";
import { pamr } from "./kernels/pamr.ts";
import { resizeConventions } from "./kernels/resize.ts";
import { seamForward, seamLosses, seamPcm } from "./kernels/seam.ts";
import { singleStageMaskLoss } from "./kernels/single-stage.ts";

/** Every computation that a golden file can hold, by its metadata key `kernel`. */
export const KERNELS: ReadonlyMap<string, Kernel> = new Map(
  Object.entries({
    affinity_psa: affinityPsa,
    cam_irn_multiscale: camIrnMultiscale,
    cam_psa_multiscale: camPsaMultiscale,
    cam_seam_normalise: camSeamNormalise,
    confusion_metrics: confusionMetrics,
    crf_labels: crfLabels,
    crf_probabilities: crfProbabilities,
    formula_weights: formulaWeightsCheck,
    irn_affinity_loss: irnAffinityLoss,
    irn_confident_labels: irnConfidentLabels,
    multilabel_soft_margin: multilabelSoftMargin,
    net_deeplab_stem_layer: deeplabStemLayer,
    net_deeplabv2_aspp_sgd: deeplabV2AsppSgd,
    net_deeplabv2_formula: deeplabV2Formula,
    net_deeplabv3plus_formula: deeplabV3PlusFormula,
    net_deeplabv3plus_head: deeplabV3PlusHead,
    net_irn_bottleneck: irnBottleneck,
    net_r38_resblock: wideResNetPlainBlock,
    net_r38_resblock_bot: wideResNetBottleneckBlock,
    net_resnet38_formula: wideResNet38Formula,
    net_resnet50_formula: resNet50Formula,
    oaa_accumulate: oaaAccumulate,
    oaa_integral_loss: oaaIntegralLoss,
    optimiser_poly_psa: optimiserPolyPsa,
    pamr,
    poly_learning_rate: polyLearningRate,
    random_walk_irn: randomWalkIrn,
    random_walk_psa: randomWalkPsa,
    resize_conventions: resizeConventions,
    seam_forward: seamForward,
    seam_losses: seamLosses,
    seam_pcm: seamPcm,
    single_stage_mask_loss: singleStageMaskLoss,
  }),
);
