import { it } from "vitest";
import { describeGolden, expectGolden } from "../../test/golden.ts";
import { formulaWeights } from "./formula-weights.ts";

describeGolden("formula_weights_check", (golden) => {
  it("gives the same bits for every kind of array", () => {
    const names = Object.keys(golden.params.crc32 as object);
    const weights = formulaWeights(
      names.map((name) => [name, golden.shape(name)] as const),
      { baseSeed: golden.number("base_seed"), gain: golden.number("gain") },
    );
    for (const name of names) expectGolden(golden, name, weights.get(name)!.data);
  });
});
