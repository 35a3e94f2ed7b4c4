import { ConfigError } from "../../contract/index.ts";
import type { StageContext, StageOutcome } from "../stage.ts";
import { trainAffinityNet } from "../train-affinity-net.ts";
import { trainIrn } from "../train-irn.ts";

/**
 * The network that says which pixels belong together.
 * @throws {ConfigError} when the run refines in another way
 */
export async function trainAffinity(context: StageContext): Promise<StageOutcome> {
  const { refinement } = context.config;
  switch (refinement.kind) {
    case "affinity":
      return trainAffinityNet(context, refinement);
    case "irn":
      return trainIrn(context, refinement);
    case "none":
    case "dense-crf":
    case "imported":
      throw new ConfigError(
        `train-affinity: expected refinement affinity or irn, got ${refinement.kind}. Skip the stage.`,
      );
  }
}
