import { encodeSafetensors } from "../../tensor/safetensors.ts";
import { disposeWeights, stateDictOf } from "../../tensor/weights.ts";
import { examineClassifier } from "../examine-classifier.ts";
import { seedMethodOf } from "../methods.ts";
import type { StageContext, StageOutcome } from "../stage.ts";

/** A multi-label image classifier whose features make the seeds. @see algorithms.md 3.1, 4, 5 */
export async function trainClassifier(context: StageContext): Promise<StageOutcome> {
  const { config, dataset } = context;
  const { parameters, weights, loss, read, record } = await seedMethodOf(config).train(context);
  try {
    const health = await examineClassifier(context, read);
    const map = health.meanAveragePrecision;
    const draft = context.draft("classifier-checkpoint");
    await draft.put("model.safetensors", encodeSafetensors(await stateDictOf(parameters, weights)));
    await context.commit("classifier-checkpoint", {
      classes: dataset.manifest.classes,
      backbone: config.backbone.name,
      ...(config.seeds.method === "cam" ? {} : { method: config.seeds.method }),
    });
    // Last: where the checkpoint is sealed anew after a crash, the record is written anew with it.
    if (record) await context.commit(record.kind, record.meta);
    const metrics = { "final-loss": loss, ...(map === null ? {} : { "classifier-map": map }) };
    return { metrics, evaluations: [], diagnostics: [health] };
  } finally {
    disposeWeights(weights);
  }
}
