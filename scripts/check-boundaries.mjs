/**
 * Runs dependency-cruiser over the whole tree, and fails when it read too little: under a TypeScript
 * it cannot parse it reads nothing and reports success.
 */
import { globSync } from "node:fs";
import { createRequire } from "node:module";
import process from "node:process";
import { cruise } from "dependency-cruiser";

const SOURCES = "{packages,apps}/*/src/**/*.{ts,tsx}";
const LEAST_SHARE = 0.95;

const options = createRequire(import.meta.url)("../.dependency-cruiser.cjs");

/** Violations of the table, as printable lines, and how many modules were looked at. */
export async function checkBoundaries(root) {
  const ruleSet = { forbidden: options.forbidden };
  const { output } = await cruise(["packages", "apps", "tests"], {
    ...options.options,
    baseDir: root,
    ruleSet,
    validate: true,
  });
  const expected = globSync(SOURCES, { cwd: root }).length;
  const read = output.modules.filter(({ source }) => !source.includes("node_modules")).length;
  const violations = output.summary.violations.map(
    ({ rule, from, to }) => `${rule.name}: ${from} → ${to}\n    ${commentOf(rule.name)}`,
  );
  if (read < expected * LEAST_SHARE || read === 0) {
    violations.push(`read ${read} modules of ${expected}: is @swc/core installed?`);
  }
  return { read, violations };
}

const commentOf = (name) => options.forbidden.find((rule) => rule.name === name)?.comment ?? "";

if (import.meta.main) {
  const { read, violations } = await checkBoundaries(process.cwd());
  for (const line of violations) console.error(line);
  console.log(`${read} modules, ${violations.length} violations`);
  process.exitCode = violations.length > 0 ? 1 : 0;
}
