import { beforeAll, describe, expect, it } from "vitest";
import { tensorsLeft } from "../../test/tensors.ts";
import { activateBackend } from "../tensor/backend.ts";
import { tf } from "../tensor/tf.ts";
import { disposeWeights, type Parameter, type Weights } from "../tensor/weights.ts";
import { TAP_NAMES } from "./backbone.ts";
import { vgg16 } from "./vgg16.ts";

beforeAll(() => activateBackend());

/** Shapes are what is asked for here, and 20 million random numbers would take seconds. */
const zeroWeights = (parameters: readonly Parameter[]): Weights =>
  new Map(
    parameters.map(({ name, kind, shape }) => {
      const [outputs = 0, inputs = 0, height = 0, width = 0] = shape;
      return [name, tf.zeros(kind === "conv" ? [height, width, inputs, outputs] : [outputs])];
    }),
  );

describe.each(["large-fov", "oaa"] as const)("vgg16 %s", (variant) => {
  it("has output stride 8 at odd sizes, in features, dense trunk and taps", async () => {
    const left = await tensorsLeft(() => {
      const backbone = vgg16({ variant });
      const weights = zeroWeights(backbone.parameters);
      const images: tf.Tensor4D = tf.zeros([1, 41, 33, 3]);
      const features = backbone.features(weights, images);
      expect(features.shape).toEqual([1, 6, 5, backbone.channels]);
      const dense = backbone.dense.features(weights, images);
      expect(dense.shape).toEqual([1, 6, 5, 512]);
      const taps = backbone.tapped(weights, images);
      for (const tap of TAP_NAMES) {
        const { channels, stride } = backbone.taps[tap];
        const grid = [41, 33].map((side) => Math.ceil(side / stride));
        expect(taps[tap].shape).toEqual([1, ...grid, channels]);
      }
      tf.dispose([images, features, dense, Object.values(taps)]);
      disposeWeights(weights);
    });
    expect(left).toBe(0);
  });
});

describe("vgg16", () => {
  it("freezes conv1 and conv2 as psa does, and nothing as OAA does", () => {
    const frozen = (variant: "large-fov" | "oaa") => {
      const { parameters, isFrozen } = vgg16({ variant });
      return parameters.map(({ name }) => name).filter(isFrozen);
    };
    const layers = [0, 2, 5, 7].flatMap((at) => [`features.${at}.weight`, `features.${at}.bias`]);
    expect(frozen("large-fov")).toEqual(layers);
    expect(frozen("oaa")).toEqual([]);
  });

  it("has layers of its own that published weights do not hold", () => {
    const names = (variant: "large-fov" | "oaa") =>
      vgg16({ variant }).fresh.flatMap(({ name, shape, role }) =>
        role === "weight" ? [`${name} ${shape.join("×")}`] : [],
      );
    expect(names("large-fov")).toEqual(["fc6.weight 1024×512×3×3", "fc7.weight 1024×1024×1×1"]);
    expect(names("oaa")).toEqual([0, 2, 4].map((at) => `extra_convs.${at}.weight 512×512×3×3`));
  });
});
