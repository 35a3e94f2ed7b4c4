import type { NamedArray, StateDict } from "../tensor/state-dict.ts";

const NORM_PARTS: Readonly<Record<string, string>> = {
  gamma: "weight",
  beta: "bias",
  moving_mean: "running_mean",
  moving_var: "running_var",
};

/** `res3b1` and `bn3b1` belong to block `b3_1`; `res2a` and `bn2a` to block `b2`. */
function blockName(token: string): string {
  const [, stage, letter, number] = /^(\d+)([a-z])(\d*)$/u.exec(token) ?? [];
  if (stage === undefined) return token;
  return letter === "a" ? `b${stage}` : `b${stage}_${number === "" ? "1" : number}`;
}

/** A name of the published MXNet file in the release's words, or null where we have no use for it. */
export function wideResNet38Name(name: string): string | null {
  if (name.startsWith("linear1000")) return null;
  if (name === "conv1a_weight") return "conv1a.weight";
  const conv = /^res([0-9a-z]+)_(branch\w+)_weight$/u.exec(name);
  if (conv) return `${blockName(conv[1]!)}.conv_${conv[2]!}.weight`;
  const norm = /^bn([0-9a-z]+)(?:_(branch[0-9a-z]+))?_(gamma|beta|moving_mean|moving_var)$/u.exec(
    name,
  );
  if (!norm) return null;
  const part = NORM_PARTS[norm[3]!]!;
  return norm[2] === undefined
    ? `bn${norm[1]!}.${part}`
    : `${blockName(norm[1]!)}.bn_${norm[2]}.${part}`;
}

/**
 * The published ImageNet weights of WideResNet-38 under the names of psa, SEAM and 1-stage.
 * @see psa network/resnet38d.py, convert_mxnet_to_torch; algorithms: MXNet → name rule
 */
export const wideResNet38FromMxnet = (arrays: StateDict): StateDict =>
  new Map(
    [...arrays].flatMap(([name, array]): [string, NamedArray][] => {
      const ours = wideResNet38Name(name);
      return ours === null ? [] : [[ours, array]];
    }),
  );
