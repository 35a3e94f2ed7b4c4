import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findDisables } from "./check-disables.mjs";
import { checkDocPaths } from "./check-doc-paths.mjs";
import { checkWorkspaces } from "./check-workspaces.mjs";
import { ROOT, toolEnv } from "./shell.mjs";
import { plantTree } from "./test/plant-tree.mjs";

const json = (value) => JSON.stringify(value);
const SCRIPTS = { lint: "oxlint", typecheck: "tsc", test: "vitest" };

const workspace = (folder, { tag, scripts = SCRIPTS, dependencies = {} }) => ({
  [`${folder}/package.json`]: json({
    name: `@seedmask/${folder.split("/")[1]}`,
    version: "0.1.0",
    scripts,
    dependencies,
  }),
  [`${folder}/turbo.json`]: json({ extends: ["//"], tags: [tag] }),
});

/** A tree with the turbo.json of this repository and two packages, ui (floor) and db (lib). */
function plantWorkspaces({ ui = {}, db = {}, files = {} }) {
  const root = plantTree({
    "package.json": json({
      name: "planted",
      private: true,
      packageManager: "npm@11.19.1",
      workspaces: ["packages/*"],
    }),
    "package-lock.json": json({ lockfileVersion: 3, packages: {} }),
    ...workspace("packages/ui", { tag: "floor", ...ui }),
    ...workspace("packages/db", { tag: "lib", ...db }),
    ...files,
  });
  cpSync(join(ROOT, "turbo.json"), join(root, "turbo.json"));
  return root;
}

describe("checkWorkspaces", () => {
  it("finds nothing where each package has its tasks and its tag", () => {
    expect(checkWorkspaces(plantWorkspaces({}))).toEqual([]);
  });

  it("names a task that turbo would skip in silence", () => {
    const root = plantWorkspaces({ ui: { scripts: { lint: "oxlint", test: "vitest" } } });
    expect(checkWorkspaces(root).join()).toContain(
      'packages/ui/package.json: expected a script "typecheck"',
    );
  });

  it("refuses an unknown tag and a range of versions", () => {
    const root = plantWorkspaces({ db: { tag: "attic", dependencies: { zod: "^4.0.0" } } });
    const [range, tag] = checkWorkspaces(root);
    expect(range).toContain('pin zod, not "^4.0.0"');
    expect(tag).toContain('got "attic"');
  });
});

describe("turbo boundaries", () => {
  const boundaries = (root) =>
    spawnSync("turbo", ["boundaries", "--no-color"], {
      cwd: root,
      env: toolEnv(),
      encoding: "utf8",
    });

  it("refuses a floor that stands on a lib", () => {
    const root = plantWorkspaces({
      ui: { dependencies: { "@seedmask/db": "0.1.0" } },
      files: { "packages/ui/src/index.ts": 'export * from "@seedmask/db";\n' },
    });
    const { status, stdout, stderr } = boundaries(root);
    expect(status).not.toBe(0);
    expect(stdout + stderr).toContain("denylist");
  });

  it("refuses an import that leaves its package", () => {
    const root = plantWorkspaces({
      files: { "packages/ui/src/index.ts": 'export * from "../../db/src/index.ts";\n' },
    });
    expect(boundaries(root).status).not.toBe(0);
  });
});

describe("checkDocPaths", () => {
  it("names a cited path that does not exist, and counts all", () => {
    const root = plantTree({
      "README.md": "[map](docs/map.md), [site](https://example.org), `scripts/gone.mjs`",
      "docs/map.md": "[back](../README.md#top)",
    });
    expect(checkDocPaths(root)).toEqual({ cited: 3, missing: ["README.md: scripts/gone.mjs"] });
  });
});

describe("findDisables", () => {
  it("tells a disable with a reason from one without", () => {
    const root = plantTree({
      "packages/core/src/a.ts": "// oxlint-disable-next-line no-console -- the terminal\n",
      "packages/core/src/b.ts": `/* ${"eslint"}-disable */\n`,
    });
    const disables = findDisables(root).map(({ where, reasoned }) => [where, reasoned]);
    expect(disables).toEqual([
      ["packages/core/src/a.ts:1", true],
      ["packages/core/src/b.ts:1", false],
    ]);
  });
});
