/** Programs, time and paper: what every script needs. Node's own modules only: runs before npm ci. */
import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import process from "node:process";

export const ROOT = join(import.meta.dirname, "..");
const BIN = join(ROOT, "node_modules", ".bin");

/** The environment programs of this repository run in: its own Node first, nobody phones home. */
export const toolEnv = (more = {}) => ({
  ...process.env,
  ...more,
  PATH: [BIN, process.env.PATH].join(delimiter),
  NEXT_TELEMETRY_DISABLED: "1",
  TURBO_TELEMETRY_DISABLED: "1",
});

export const secondsSince = (start) => (performance.now() - start) / 1000;
export const formatSeconds = (seconds) => `${seconds.toFixed(1)} s`;

/**
 * Runs a program to its end: `{ code, output, seconds }`. Its output is kept, and shown as well where
 * `show` is set. A program that cannot be started gives code 127.
 */
export function run(program, args, { cwd = ROOT, env = toolEnv(), show = false } = {}) {
  const start = performance.now();
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    const chunks = [];
    for (const stream of ["stdout", "stderr"]) {
      child[stream].on("data", (chunk) => {
        chunks.push(chunk);
        if (show) process[stream].write(chunk);
      });
    }
    const end = (code, note = "") =>
      resolve({
        code,
        output: Buffer.concat(chunks).toString() + note,
        seconds: secondsSince(start),
      });
    child.on("error", (error) => end(127, error.message));
    child.on("close", (code, signal) => end(code ?? 1, signal ? `ended by ${signal}` : ""));
  });
}

/** Rows of strings as lines of aligned columns; numbers stand on the right of their column. */
export function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const align = (cell, column) =>
    /^-?\d/.test(cell) ? cell.padStart(widths[column]) : cell.padEnd(widths[column]);
  return rows.map((row) => `  ${row.map(align).join("  ").trimEnd()}`).join("\n");
}
