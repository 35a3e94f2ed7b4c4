import { maskPath } from "../../contract/index.ts";
import { encodeLabels } from "../../data/label-file.ts";
import { argmaxLabels } from "../../score-maps/label-scores.ts";
import { disposeWeights } from "../../tensor/weights.ts";
import { entriesOf } from "../entries.ts";
import { startProgress } from "../progress.ts";
import { openSegmenter, probabilitiesOf } from "../segmenter-network.ts";
import type { StageContext, StageOutcome } from "../stage.ts";

/** Label maps of the trained segmenter, which sees no image-level label. @see algorithms.md 11.6 */
export async function predict(context: StageContext): Promise<StageOutcome> {
  const { config, dataset, limit, signal } = context;
  const { crf } = config.prediction;
  const { all } = entriesOf(dataset, config, limit);
  const draft = context.draft("prediction");
  const network = await openSegmenter(context);
  const progress = startProgress(context, { total: all.length, unit: "image" });

  /** Waits for the oldest image in the threads once more than two a thread are on their way. */
  const underway: Array<Promise<void>> = [];
  const settle = async (most: number): Promise<void> => {
    while (underway.length > most) await underway.shift();
  };
  try {
    for (const [index, entry] of all.entries()) {
      const path = maskPath(entry.key);
      if (!(await draft.has(path))) {
        const probabilities = await probabilitiesOf(context, network, entry);
        if (crf === null) {
          await draft.put(path, await encodeLabels(argmaxLabels(probabilities)));
        } else {
          const image = await dataset.image(entry);
          const name = `image ${entry.id}`;
          const job = context
            .pool()
            .run("refinePrediction", { image, probabilities, crf }, { name, signal })
            .then(({ mask }) => draft.put(path, mask));
          job.catch(() => undefined);
          underway.push(job);
          await settle(2 * context.pool().size);
        }
      }
      await progress.reach(index + 1);
    }
    await settle(0);
  } finally {
    await Promise.allSettled(underway);
    disposeWeights(network.weights);
  }
  await context.commit("prediction", { classes: dataset.manifest.classes });
  return { metrics: {}, evaluations: [], diagnostics: [] };
}
