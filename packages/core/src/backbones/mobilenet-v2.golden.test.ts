import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { loadBackend } from "../tensor/backend-rungs.ts";
import { toMemoryLayout } from "../tensor/layout.ts";
import { readSafetensors } from "../tensor/safetensors.ts";
import { sharedFolder } from "../../test/golden.ts";
import { hasBackend, TEST_BACKENDS } from "../tensor/testing/with-backend.ts";
import { tf } from "../tensor/tf.ts";
import { disposeWeights, weightsFromStateDict } from "../tensor/weights.ts";
import { mobilenetV2 } from "./mobilenet-v2.ts";

const folder = join(sharedFolder, "weights");
const file = join(folder, "mobilenetv2_100_imagenet.timm.safetensors");
const present = existsSync(file);

const installed: (typeof TEST_BACKENDS)[number][] = [];
for (const name of TEST_BACKENDS) if (await hasBackend(name)) installed.push(name);

describe.runIf(present)(`mobilenetV2${present ? "" : `, not run: ${file} is not present`}`, () => {
  for (const backend of installed.filter((name) => name !== "cpu")) {
    describe(`on ${backend}`, () => {
      beforeAll(() => loadBackend(backend));

      it("gives the reference's 1000 logits of a photograph to 1e-4", async () => {
        const before = tf.memory().numTensors;
        const { tensors } = await readSafetensors(file);
        const golden: { logits: number[] } = JSON.parse(
          await readFile(join(folder, "golden_chelsea.json"), "utf8"),
        );
        const backbone = mobilenetV2({ outputStride: 32 });
        const weights = weightsFromStateDict(backbone.parameters, tensors, file);
        const pixels = await sharp(join(folder, "golden_chelsea_224.png"))
          .removeAlpha()
          .raw()
          .toBuffer();
        const head = toMemoryLayout(tensors.get("classifier.weight")!, "vector") as tf.Tensor2D;
        const bias = toMemoryLayout(tensors.get("classifier.bias")!, "vector");
        const logits = tf.tidy(() => {
          const images = tf.tensor4d(Float32Array.from(pixels), [1, 224, 224, 3]);
          const features = backbone.features(weights, images);
          const pooled: tf.Tensor2D = tf.mean(features, [1, 2]);
          return tf.add(tf.matMul(pooled, tf.transpose(head)), bias);
        });
        const got = await logits.data();
        const worst = Math.max(...golden.logits.map((value, at) => Math.abs(value - got[at]!)));
        expect(worst).toBeLessThan(1e-4);
        tf.dispose([logits, head, bias]);
        disposeWeights(weights);
        expect(tf.memory().numTensors).toBe(before);
      });
    });
  }
});
