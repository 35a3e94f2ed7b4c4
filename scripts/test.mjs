/**
 * npm test: sets up, then everything that proves the code. `npm test -- unit golden` runs those parts
 * alone. The last line is the sum of all tests.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { commandStart, setUp } from "./setup.mjs";
import { formatSeconds, run, secondsSince, table, toolEnv } from "./shell.mjs";

const reports = mkdtempSync(join(tmpdir(), "seedmask-test-"));

const vitest = (project) => ({
  name: project,
  command: ["vitest", "run", "--project", project, "--reporter=default", "--reporter=json"],
  reportArgument: "--outputFile.json=",
  count: ({ numPassedTests, numFailedTests, numPendingTests, numTodoTests }) => ({
    passed: numPassedTests,
    failed: numFailedTests,
    skipped: numPendingTests + numTodoTests,
  }),
});

const PARTS = [
  { name: "check", command: ["node", "scripts/check.mjs"] },
  vitest("unit"),
  vitest("golden"),
  vitest("pipeline"),
  {
    name: "e2e",
    command: ["playwright", "test", "--config", "tests/playwright.config.ts"],
    reportVariable: "PLAYWRIGHT_JSON_OUTPUT_FILE",
    count: ({ stats }) => ({
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected,
      skipped: stats.skipped,
    }),
  },
];

const NONE = { passed: 0, failed: 0, skipped: 0 };

/** What a part's report says; a part that failed without a failed test counts as one. */
function countsOf(part, report, code) {
  let counts = NONE;
  if (part.count) {
    try {
      counts = part.count(JSON.parse(readFileSync(report, "utf8")));
    } catch {
      console.error(`${part.name}: wrote no report`);
    }
  }
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

async function runPart(part) {
  console.log(`\n=== ${part.name}`);
  const report = join(reports, `${part.name}.json`);
  const [program, ...args] = part.command;
  if (part.reportArgument) args.push(`${part.reportArgument}${report}`);
  const env = toolEnv(part.reportVariable ? { [part.reportVariable]: report } : {});
  const { code, seconds } = await run(program, args, { show: true, env });
  return { name: part.name, seconds, ...countsOf(part, report, code) };
}

function chosenParts(names) {
  const unknown = names.filter((name) => !PARTS.some((part) => part.name === name));
  if (unknown.length > 0) {
    const known = PARTS.map((part) => part.name).join(", ");
    throw new Error(`npm test: expected parts of ${known}; got ${unknown.join(", ")}.`);
  }
  return names.length === 0 ? PARTS : PARTS.filter((part) => names.includes(part.name));
}

function sum(results) {
  const total = (key) => results.reduce((before, result) => before + result[key], 0);
  const skipped = total("skipped");
  const tail = skipped > 0 ? `, ${skipped} skipped` : "";
  return `${total("passed")} passed, ${total("failed")} failed${tail}`;
}

async function test() {
  const parts = chosenParts(process.argv.slice(2));
  await setUp({ browser: parts.some((part) => part.name === "e2e") });
  const setupSeconds = secondsSince(commandStart);
  const results = [];
  for (const part of parts) results.push(await runPart(part));
  rmSync(reports, { recursive: true, force: true });

  const rows = results.map(({ name, seconds, passed, failed, skipped }) => [
    formatSeconds(seconds),
    `${passed} passed`,
    `${failed} failed`,
    `${skipped} skipped`,
    name,
  ]);
  const all = [formatSeconds(secondsSince(commandStart)), "", "", "", "all"];
  console.log(`\n${table([[formatSeconds(setupSeconds), "", "", "", "set-up"], ...rows, all])}\n`);
  console.log(sum(results));
  return results.some((result) => result.failed > 0) ? 1 : 0;
}

try {
  process.exitCode = await test();
} catch (error) {
  console.error(`✗ ${error.message}`);
  process.exitCode = 1;
}
