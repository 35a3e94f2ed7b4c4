import type { Backbone } from "../backbones/backbone.ts";
import { loadPretrained } from "../backbones/weights.ts";
import type { Random } from "../tensor/random.ts";
import { initialWeights, type Weights } from "../tensor/weights.ts";
import { readNetwork } from "./methods/classifier-network.ts";
import type { StageContext } from "./stage.ts";

/** The weights a backbone starts from: the classifier's, pretrained ones, or random where the config names none. */
export async function trunkWeights(
  context: StageContext,
  backbone: Backbone,
  { initialise, random }: { initialise: "pretrained" | "classifier"; random: Random },
): Promise<Weights> {
  if (initialise === "classifier") return readNetwork(context, backbone.parameters);
  const { weights: name } = context.config.backbone;
  if (name === null) return initialWeights(backbone.parameters, random);
  return loadPretrained({ name, home: context.weightsHome, backbone, random });
}
