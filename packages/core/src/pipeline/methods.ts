import type { RunConfig } from "../contract/index.ts";
import { camMethod } from "./methods/cam-method.ts";
import { oaaMethod } from "./methods/oaa-method.ts";
import type { SeedMethod } from "./methods/seed-method.ts";
import { seamMethod } from "./methods/seam-method.ts";

/** Where seeds come from: the compiler finds a method that is missing here. */
export function seedMethodOf({ seeds }: Pick<RunConfig, "seeds">): SeedMethod {
  switch (seeds.method) {
    case "cam":
      return camMethod;
    case "oaa":
      return oaaMethod(seeds);
    case "seam":
      return seamMethod(seeds);
  }
}

/**
 * The part of the seed settings that training depends on; undefined where it is a plain classifier,
 * whose earlier results stay valid.
 */
export function trainedSeedSettings({ seeds }: Pick<RunConfig, "seeds">): unknown {
  switch (seeds.method) {
    case "cam":
      return undefined;
    case "oaa": {
      const { method, accumulation, skippedEpochs, attentionDrop, integralModel } = seeds;
      return { method, accumulation, skippedEpochs, attentionDrop, integralModel };
    }
    case "seam":
      return { method: seeds.method, branchScale: seeds.branchScale };
  }
}
