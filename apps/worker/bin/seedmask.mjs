#!/usr/bin/env node
/** `npx seedmask`: goes on under the repository's own Node 22 where another one was found first. */
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import process from "node:process";

const CLI = join(import.meta.dirname, "..", "src", "cli.ts");
const [major, minor] = process.versions.node.split(".").map(Number);

/** The Node that npm installed with this repository, or null. */
function bundledNode() {
  const require = createRequire(import.meta.url);
  try {
    const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
    return join(dirname(require.resolve(`${name}/package.json`)), "bin", "node");
  } catch {
    return null;
  }
}

if (major === 22 && minor >= 18) {
  await import(CLI);
} else {
  const node = bundledNode();
  if (node === null) {
    console.error(
      `seedmask: expected Node 22.18 or newer (not 23), got ${process.versions.node}. Run npm ci in the repository, or install Node 22.`,
    );
    process.exit(4);
  }
  const child = spawn(node, [CLI, ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
}
