import type { RunConfig } from "../contract/index.ts";

/**
 * The part of the seed settings that training depends on; undefined where it is a plain classifier,
 * whose earlier results stay valid.
 */
export function trainedSeedSettings({ seeds }: Pick<RunConfig, "seeds">): unknown {
  switch (seeds.method) {
    case "cam":
    case "imported":
      return undefined;
    case "oaa": {
      const { method, accumulation, skippedEpochs, attentionDrop, integralModel } = seeds;
      return { method, accumulation, skippedEpochs, attentionDrop, integralModel };
    }
    case "seam": {
      const { method, branchScale, upsampling, warmUpEpochs } = seeds;
      // The trunk starts as the classifier's; before, SEAM drew its own.
      return { method, branchScale, upsampling, warmUpEpochs, trunk: "classifier" };
    }
  }
}
