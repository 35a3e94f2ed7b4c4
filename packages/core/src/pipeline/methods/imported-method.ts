import type { SeedsConfig } from "../../contract/index.ts";
import { openImported } from "../imports/open-imported.ts";
import { readScores } from "../read-artifact.ts";
import { camMethod } from "./cam-method.ts";
import type { SeedMethod } from "./seed-method.ts";

/**
 * Seeds made elsewhere, as they were imported. A classifier is trained only where a later network
 * starts from it, and then as for CAM.
 */
export const importedMethod = (
  seeds: Extract<SeedsConfig, { method: "imported" }>,
): SeedMethod => ({
  train: (context) => camMethod.train(context),
  async open(context) {
    const artifact = await openImported(context, { kind: "seeds", ...seeds });
    return {
      artifact,
      scores: (entry) => readScores(artifact, entry, "cam"),
      dispose: () => undefined,
    };
  },
});
