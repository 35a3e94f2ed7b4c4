import { ConfigError } from "../contract/errors.ts";
import type { RunConfig } from "../contract/run-config.ts";
import type { Backbone } from "./backbone.ts";
import { mobilenetV2 } from "./mobilenet-v2.ts";
import { resNet } from "./resnet-backbone.ts";
import { tiny } from "./tiny.ts";
import { vgg16 } from "./vgg16.ts";
import { wideResNet38 } from "./wide-resnet38-backbone.ts";

type Named = Pick<RunConfig["backbone"], "name" | "outputStride">;

/** @throws {ConfigError} for a network that has one output stride only, and another was asked for */
function requireStride8({ name, outputStride }: Named): void {
  if (outputStride === 8) return;
  throw new ConfigError(
    `backbone ${name}: expected output stride 8, its only one, got ${outputStride}. Set backbone.outputStride to 8.`,
  );
}

/**
 * The backbone that a config names.
 * @throws {ConfigError} when it has no such output stride
 */
export function createBackbone(named: Named): Backbone {
  const { name, outputStride } = named;
  switch (name) {
    case "tiny":
      return tiny({ outputStride });
    case "mobilenet-v2":
      return mobilenetV2({ outputStride });
    case "resnet-50":
      return resNet(50, { outputStride });
    case "resnet-101":
      return resNet(101, { outputStride });
    case "wide-resnet-38":
      requireStride8(named);
      return wideResNet38();
    case "vgg-16":
      requireStride8(named);
      return vgg16({ variant: "large-fov" });
    case "vgg-16-oaa":
      requireStride8(named);
      return vgg16({ variant: "oaa" });
  }
}
