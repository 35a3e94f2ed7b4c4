import { execFileSync } from "node:child_process";

/** The commit of this clone, or null where it is no clone. */
export function codeVersion(): string | null {
  try {
    const options = { cwd: import.meta.dirname, encoding: "utf8", stdio: "pipe" } as const;
    return execFileSync("git", ["rev-parse", "HEAD"], options).trim();
  } catch {
    return null;
  }
}
