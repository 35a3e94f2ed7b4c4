import { describe, expect, it } from "vitest";
import { wideResNet38Parameters } from "./wide-resnet38.ts";
import { wideResNet38Name } from "./wide-resnet38-mxnet.ts";

/** A name of ours as the published MXNet file writes it. */
function mxnetName(name: string): string {
  const parts: Record<string, string> = {
    weight: "gamma",
    bias: "beta",
    running_mean: "moving_mean",
    running_var: "moving_var",
  };
  const token = (block: string): string => {
    const [, stage, number] = /^b(\d)(?:_(\d))?$/u.exec(block)!;
    return number === undefined ? `${stage!}a` : `${stage!}b${number}`;
  };
  const [block = "", layer = "", part = ""] = name.split(".");
  if (block === "conv1a") return "conv1a_weight";
  if (block === "bn7") return `bn7_${parts[layer]!}`;
  return layer.startsWith("conv_")
    ? `res${token(block)}_${layer.slice(5)}_weight`
    : `bn${token(block)}_${layer.slice(3)}_${parts[part]!}`;
}

describe("wideResNet38Name", () => {
  it("maps every array of the network", () => {
    for (const { name } of wideResNet38Parameters()) {
      expect(wideResNet38Name(mxnetName(name))).toBe(name);
    }
  });

  it("leaves out the ImageNet classifier", () => {
    expect(wideResNet38Name("linear1000_weight")).toBeNull();
  });
});
