/**
 * npm run check: everything that can be said about the code without running it. Every part runs, each
 * is timed, all failures are shown.
 */
import { availableParallelism } from "node:os";
import process from "node:process";
import { formatSeconds, run, secondsSince, table } from "./shell.mjs";
import { workspaceFolders } from "./workspaces.mjs";

const PARTS = [
  ...[...workspaceFolders(), "scripts"].map((folder) =>
    part(`types ${folder}`, "tsc", ["--noEmit", "-p", folder]),
  ),
  part("lint", "oxlint", []),
  part("format", "oxfmt", ["--check"]),
  part("dead code", "knip", []),
  part("boundaries of rooms", "node", ["scripts/check-boundaries.mjs"]),
  part("boundaries of packages", "turbo", ["boundaries", "--no-color"]),
  part("workspaces", "node", ["scripts/check-workspaces.mjs"]),
  part("paths in documents", "node", ["scripts/check-doc-paths.mjs"]),
  part("lint disables", "node", ["scripts/check-disables.mjs"]),
];

function part(name, program, args) {
  return { name, program, args };
}

/** Takes parts from the front until none is left. */
async function work(queue, results) {
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { code, output, seconds } = await run(next.program, next.args);
    results.push({ ...next, failed: code !== 0, output, seconds });
    const lines = output.trim();
    if (code !== 0)
      console.log(`\n✗ ${next.name}: ${next.program} ${next.args.join(" ")}\n${lines}`);
    else if (next.program === "node") console.log(`${next.name}: ${lines}`);
  }
}

const start = performance.now();
const results = [];
const queue = [...PARTS];
await Promise.all(Array.from({ length: availableParallelism() }, () => work(queue, results)));

const failed = results.filter((result) => result.failed);
console.log(
  `\n${table(results.map((r) => [formatSeconds(r.seconds), r.failed ? "FAILED" : "ok", r.name]))}`,
);
console.log(
  `\ncheck: ${results.length - failed.length} of ${results.length} parts pass in ${formatSeconds(secondsSince(start))}`,
);
process.exitCode = failed.length > 0 ? 1 : 0;
