import type { RunConfig } from "../contract/run-config.ts";
import type { Backbone } from "./backbone.ts";
import { mobilenetV2 } from "./mobilenet-v2.ts";
import { tiny } from "./tiny.ts";

/** The backbone that a config names. */
export function createBackbone({
  name,
  outputStride,
}: Pick<RunConfig["backbone"], "name" | "outputStride">): Backbone {
  switch (name) {
    case "tiny":
      return tiny({ outputStride });
    case "mobilenet-v2":
      return mobilenetV2({ outputStride });
  }
}
