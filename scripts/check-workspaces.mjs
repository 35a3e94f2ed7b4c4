/**
 * turbo silently skips a task that a package does not define, and a package without a tag is in no
 * boundary: each workspace defines lint, typecheck and test, and has one of the tags of turbo.json.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { ROOT } from "./shell.mjs";
import { readJson, workspaceFolders } from "./workspaces.mjs";

const TASKS = ["lint", "typecheck", "test"];

/** What is wrong with one workspace, as sentences. */
function problemsOf(root, folder, tags) {
  const { scripts = {}, ...manifest } = readJson(root, `${folder}/package.json`);
  const problems = TASKS.filter((task) => !(task in scripts)).map(
    (task) => `${folder}/package.json: expected a script "${task}", found none.`,
  );
  const dependencies = { ...manifest.dependencies, ...manifest.devDependencies };
  for (const [name, range] of Object.entries(dependencies)) {
    if (!/^\d/.test(range)) problems.push(`${folder}/package.json: pin ${name}, not "${range}".`);
  }
  const turbo = `${folder}/turbo.json`;
  const given = existsSync(join(root, turbo)) ? (readJson(root, turbo).tags ?? []) : [];
  if (given.length !== 1 || !tags.includes(given[0])) {
    problems.push(`${turbo}: expected one tag of ${tags.join(", ")}, got "${given}".`);
  }
  return problems;
}

export function checkWorkspaces(root = ROOT) {
  const tags = Object.keys(readJson(root, "turbo.json").boundaries.tags);
  return workspaceFolders(root).flatMap((folder) => problemsOf(root, folder, tags));
}

if (import.meta.main) {
  const problems = checkWorkspaces();
  for (const problem of problems) console.error(problem);
  console.log(`${workspaceFolders().length} workspaces, ${problems.length} problems`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
