import { expect, test } from "vitest";
import { backgroundScores } from "../src/cam/background.ts";
import { CRF_PRESETS } from "../src/crf/presets.ts";
import { withDenseCrf } from "../src/crf/refine.ts";
import { createTypedArrayCrf } from "../src/crf/typed-array-crf.ts";
import { unaryFromProbabilities } from "../src/crf/unary.ts";
import { stackBackground } from "../src/score-maps/label-scores.ts";
import { sceneOf, scoresOf, SIZES } from "./scenes.ts";

const { config } = CRF_PRESETS.psa;
const TEN_MINUTES = 600_000;

for (const size of SIZES) {
  test(
    `dense CRF with lattices, ${size.height}×${size.width}, 3 labels, 10 iterations`,
    { timeout: TEN_MINUTES },
    async ({ bench }) => {
      const image = sceneOf(size);
      const scores = scoresOf(size);
      const unaryOf = (alpha: number) => {
        const stack = stackBackground(backgroundScores(scores, { rule: "power", alpha }), scores);
        return unaryFromProbabilities(stack.data, { labels: 3 });
      };
      const unaries = [unaryOf(4), unaryOf(32)] as const;
      const result = await bench.compare(
        bench("WebAssembly", () => {
          withDenseCrf(image, config, (crf) => crf.infer(unaries[0]));
        }),
        bench("typed arrays", () => {
          createTypedArrayCrf(image, config).infer(unaries[0]);
        }),
        bench("two alphas, one pair of lattices", () => {
          withDenseCrf(image, config, (crf) => crf.inferAll(unaries));
        }),
        bench("two alphas, lattices built anew as in the releases", () => {
          for (const unary of unaries) withDenseCrf(image, config, (crf) => crf.infer(unary));
        }),
        { iterations: 4, time: 0, warmupIterations: 1 },
      );
      expect(result.get("WebAssembly")).toBeFasterThan(result.get("typed arrays"));
    },
  );
}
