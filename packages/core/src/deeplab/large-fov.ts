import { tf } from "../tensor/tf.ts";
import type { CoarseHead, HeadShape } from "./head.ts";
import { type BiasedConv, biasedConv, biasedConvParameters } from "./layers.ts";

/** Deviation of fresh score weights in every DeepLab release. */
export const SCORE_DEVIATION = 0.01;

/** 12 was chosen at output stride 8; a coarser grid keeps the same reach in image pixels. */
const dilationAt = (outputStride: number): number => Math.max(1, Math.round(96 / outputStride));

/**
 * DeepLab v1's large field of view: a dilated 3×3, a 1×1, and scores.
 *
 * features  [N, h, w, D]
 * returns   [N, h, w, L]  logits
 *
 * @see Chen et al. 2015, section 4.2, DeepLab-LargeFOV (fc6 3×3 dilation 12, fc7 1×1)
 */
export function largeFov({ inputs, channels, labels, outputStride }: HeadShape): CoarseHead {
  const layer = (name: string, facts: Omit<BiasedConv, "name" | "dilation">): BiasedConv => ({
    name,
    dilation: dilationAt(outputStride),
    ...facts,
  });
  const layers = [
    layer("fc6", { inputs, outputs: channels, kernel: 3, activation: "relu" }),
    layer("fc7", { inputs: channels, outputs: channels, kernel: 1, activation: "relu" }),
    layer("score", {
      inputs: channels,
      outputs: labels,
      kernel: 1,
      activation: "none",
      deviation: SCORE_DEVIATION,
    }),
  ];
  const infer: CoarseHead["infer"] = (weights, features) =>
    tf.tidy(() => layers.reduce((x, each) => biasedConv(x, weights, each), features));
  return {
    parameters: layers.flatMap(biasedConvParameters),
    infer,
    train: (weights, features) => ({ logits: infer(weights, features), replacements: new Map() }),
  };
}
