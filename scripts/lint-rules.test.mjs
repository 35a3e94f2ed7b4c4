import { spawnSync } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT, toolEnv } from "./shell.mjs";
import { plantTree } from "./test/plant-tree.mjs";

const CORE = "packages/core/src";

const room = (doc) => `${doc}\nexport function planted(): number {\n  return 1;\n}\n`;
const imports = (path) => `import { value } from "${path}";\nexport const planted = value;\n`;
const DOCUMENTED = room("/**\n * cam  [N, h, w, C]  0…1\n * @see Zhou et al. 2016\n */");

/** One violation a file: what is written there, and a part of what oxlint has to say about it. */
const PLANTS = {
  [`${CORE}/cam/bare.ts`]: [room(""), "expected a doc comment"],
  [`${CORE}/cam/shapeless.ts`]: [
    room("/** Of CAMs.\n * @see Zhou et al. 2016 */"),
    "say the shapes",
  ],
  [`${CORE}/cam/sourceless.ts`]: [room("/** cam [N, h, w, C] */"), "say where it comes from"],
  [`${CORE}/cam/tensorflow.ts`]: [imports("@tensorflow/tfjs"), "the one door to TensorFlow"],
  [`${CORE}/cam/crf.ts`]: [imports("../crf/dense-crf.ts"), "Rooms meet in pipeline/stages"],
  [`${CORE}/cam/file.ts`]: [imports("node:fs"), "A room touches no file"],
  [`${CORE}/contract/tensor.ts`]: [imports("../tensor/tf.ts"), "The contract is plain data"],
  [`${CORE}/tensor/room.ts`]: [imports("../cam/cam.ts"), "core/tensor is the floor"],
  "packages/db/src/pipeline.ts": [imports("@seedmask/core/pipeline"), "db may use"],
  "packages/ui/src/contract.ts": [imports("@seedmask/core/contract"), "ui knows nobody"],
  "apps/web/src/features/query.ts": [imports("@seedmask/db"), "ask over tRPC"],
  "apps/worker/src/query.ts": [imports("drizzle-orm"), "Ask @seedmask/db for a verb"],
  "tests/support/door.ts": [imports("../../packages/db/src/client.ts"), "use public doors"],
  "apps/worker/src/console.ts": ['console.log("planted");\n', "no-console"],
  "apps/worker/src/environment.ts": ["export const planted = process.env;\n", "no-process-env"],
  "apps/worker/src/any.ts": ["export const planted = 1 as any;\n", "no-explicit-any"],
  "apps/worker/src/ignored.ts": ["// @ts-ignore\nexport const planted = 1;\n", "ban-ts-comment"],
  "apps/worker/src/later.ts": [
    "// TODO: later\nexport const planted = 1;\n",
    "no-warning-comments",
  ],
  "apps/worker/src/long.ts": ["export {};\n".repeat(301), "max-lines"],
  "apps/worker/src/skipped.test.ts": [
    'import { it } from "vitest";\nit.skip("is planted", () => undefined);\n',
    "no-disabled-tests",
  ],
};

/** What oxlint says, by file. */
function lint(files) {
  const root = plantTree(files);
  cpSync(join(ROOT, "scripts/oxlint-plugin-rooms.mjs"), join(root, "scripts/rooms.mjs"));
  const config = readFileSync(join(ROOT, ".oxlintrc.json"), "utf8");
  cpSync(
    plantTree({ c: config.replace("oxlint-plugin-rooms", "rooms") }) + "/c",
    `${root}/.oxlintrc.json`,
  );
  const { stdout } = spawnSync("oxlint", ["-f", "json"], {
    cwd: root,
    env: toolEnv(),
    encoding: "utf8",
  });
  return Object.groupBy(JSON.parse(stdout).diagnostics, ({ filename }) => filename);
}

describe("oxlint", () => {
  it("has nothing to say about a documented function of a room", () => {
    expect(lint({ [`${CORE}/cam/cam.ts`]: DOCUMENTED })).toEqual({});
  });

  it("catches each planted violation and says where to go", () => {
    const texts = Object.entries(PLANTS).map(([path, [text]]) => [path, text]);
    const found = lint(Object.fromEntries(texts));
    for (const [path, [, says]] of Object.entries(PLANTS)) {
      expect(JSON.stringify(found[path] ?? []), path).toContain(says);
    }
  });
});
