import type { RunConfig, SeedsConfig } from "../contract/index.ts";
import { camMethod } from "./methods/cam-method.ts";
import { importedMethod } from "./methods/imported-method.ts";
import { oaaMethod } from "./methods/oaa-method.ts";
import type { NetworkSeedMethod, SeedMethod } from "./methods/seed-method.ts";
import { seamMethod } from "./methods/seam-method.ts";

type NetworkSeedsConfig = Exclude<SeedsConfig, { method: "imported" }>;

/** Where seeds come from. */
export const seedMethodOf = ({ seeds }: Pick<RunConfig, "seeds">): SeedMethod =>
  seeds.method === "imported" ? importedMethod(seeds) : networkSeedMethodOf(seeds);

/** What makes seeds with networks: the compiler finds a method that is missing here. */
export function networkSeedMethodOf(seeds: NetworkSeedsConfig): NetworkSeedMethod {
  switch (seeds.method) {
    case "cam":
      return camMethod;
    case "oaa":
      return oaaMethod(seeds);
    case "seam":
      return seamMethod(seeds);
  }
}
