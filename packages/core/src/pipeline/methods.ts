import type { RunConfig } from "../contract/index.ts";
import { camMethod } from "./methods/cam-method.ts";
import { importedMethod } from "./methods/imported-method.ts";
import { oaaMethod } from "./methods/oaa-method.ts";
import type { SeedMethod } from "./methods/seed-method.ts";
import { seamMethod } from "./methods/seam-method.ts";

/** Where seeds come from: the compiler finds a method that is missing here. */
export function seedMethodOf({ seeds }: Pick<RunConfig, "seeds">): SeedMethod {
  switch (seeds.method) {
    case "cam":
      return camMethod;
    case "imported":
      return importedMethod(seeds);
    case "oaa":
      return oaaMethod(seeds);
    case "seam":
      return seamMethod(seeds);
  }
}
