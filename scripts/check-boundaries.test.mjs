import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { checkBoundaries } from "./check-boundaries.mjs";
import { plantTree } from "./test/plant-tree.mjs";

const { forbidden } = createRequire(import.meta.url)("../.dependency-cruiser.cjs");

const CORE = "packages/core/src";
const npmPackage = (name) => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({ name, main: "index.js" }),
  [`node_modules/${name}/index.js`]: "",
});
const value = "export const value = 1;\nexport type Value = number;\n";

/** Files that break no rule, to be imported by those that do. */
const INNOCENT = {
  ...npmPackage("@tensorflow/tfjs"),
  ...npmPackage("pg"),
  ...npmPackage("sharp"),
  [`${CORE}/contract/index.ts`]: value,
  [`${CORE}/tensor/tf.ts`]: 'export * from "@tensorflow/tfjs";\n',
  [`${CORE}/data/dataset.ts`]: value,
  [`${CORE}/crf/dense-crf.ts`]: value,
  [`${CORE}/crf/dense-crf.test.ts`]: value,
  "packages/db/src/index.ts": value,
  "packages/ui/src/primitives/button.tsx": value,
  "apps/web/src/server/root.ts": value,
  "tests/pipeline/demo.test.ts": value,
};

const imports = (path) => `import { value } from "${path}";\nexport const planted = value;\n`;

/** One violation of each rule: the file that breaks it, and what it imports. */
const PLANTS = {
  "no-circular": [`${CORE}/cam/circle.ts`, "./circle.ts"],
  "no-unresolvable": [`${CORE}/cam/lost.ts`, "./nowhere.ts"],
  "no-shipped-tests": [`${CORE}/crf/shipped.ts`, "./dense-crf.test.ts"],
  "contract-knows-nobody": [`${CORE}/contract/image.ts`, "sharp"],
  "one-door-to-tensorflow": [`${CORE}/seam/pcm.ts`, "@tensorflow/tfjs"],
  "one-door-to-sql": ["apps/worker/src/query.ts", "pg"],
  "tensor-is-the-floor": [`${CORE}/tensor/resize.ts`, "../data/dataset.ts"],
  "data-stays-below": [`${CORE}/data/refined.ts`, "../crf/dense-crf.ts"],
  "backbones-stay-below": [`${CORE}/backbones/tiny.ts`, "../data/dataset.ts"],
  "rooms-meet-in-the-pipeline": [`${CORE}/affinity/labels.ts`, "../crf/dense-crf.ts"],
  "rooms-see-data-as-types": [`${CORE}/oaa/accumulate.ts`, "../data/dataset.ts"],
  "core-knows-no-product": [`${CORE}/pipeline/run-stage.ts`, "../../../db/src/index.ts"],
  "db-speaks-contract": ["packages/db/src/runs.ts", "../../core/src/crf/dense-crf.ts"],
  "ui-knows-nobody": ["packages/ui/src/legend.tsx", "../../core/src/contract/index.ts"],
  "worker-uses-public-doors": [
    "apps/worker/src/crf.ts",
    "../../../packages/core/src/crf/dense-crf.ts",
  ],
  "web-loads-no-tensorflow": [
    "apps/web/src/server/cam.ts",
    "../../../../packages/core/src/tensor/tf.ts",
  ],
  "web-sees-contract-only": [
    "apps/web/src/server/crf.ts",
    "../../../../packages/core/src/crf/dense-crf.ts",
  ],
  "screens-ask-over-trpc": ["apps/web/src/features/runs/screen.tsx", "../../server/root.ts"],
  "tests-use-public-doors": [
    "tests/pipeline/crf.test.ts",
    "../../packages/core/src/crf/dense-crf.ts",
  ],
};

const planted = (plants) =>
  plantTree({
    ...INNOCENT,
    ...Object.fromEntries(plants.map(([file, path]) => [file, imports(path)])),
  });

describe("checkBoundaries", () => {
  it("finds nothing in a tree that keeps the rules", async () => {
    const { violations } = await checkBoundaries(planted([]));
    expect(violations).toEqual([]);
  });

  it("has a planted violation for each rule", () => {
    expect(Object.keys(PLANTS).toSorted()).toEqual(forbidden.map(({ name }) => name).toSorted());
  });

  it("catches each planted violation and names its file", async () => {
    const { violations } = await checkBoundaries(planted(Object.values(PLANTS)));
    for (const [rule, [file]] of Object.entries(PLANTS)) {
      expect(
        violations.some((line) => line.startsWith(`${rule}: ${file} `)),
        rule,
      ).toBe(true);
    }
  });

  it("lets a room use a type of data", async () => {
    const file = `${CORE}/oaa/accumulate.ts`;
    const text = 'import type { Value } from "../data/dataset.ts";\nexport type Planted = Value;\n';
    const { violations } = await checkBoundaries(plantTree({ ...INNOCENT, [file]: text }));
    expect(violations).toEqual([]);
  });

  it("fails when it read nothing", async () => {
    const root = plantTree({
      "packages/core/README.md": "",
      "apps/README.md": "",
      "tests/a.md": "",
    });
    const { violations } = await checkBoundaries(root);
    expect(violations.join()).toContain("read 0 modules of 0");
  });
});
