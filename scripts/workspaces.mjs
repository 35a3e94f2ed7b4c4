import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./shell.mjs";

export const readJson = (root, path) => JSON.parse(readFileSync(join(root, path), "utf8"));

/** Folders of the workspaces named in the root package.json, e.g. `packages/core`. */
export function workspaceFolders(root = ROOT) {
  return readJson(root, "package.json")
    .workspaces.flatMap((pattern) => globSync(`${pattern}/package.json`, { cwd: root }))
    .map((path) => path.replace(/\/package\.json$/, ""))
    .toSorted();
}
