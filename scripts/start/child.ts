import { spawn } from "node:child_process";
import { createWriteStream, readFileSync } from "node:fs";
import process from "node:process";
import { StartError } from "./start-error.ts";

const LAST_LINES = 20;

export interface Child {
  readonly name: string;
  readonly pid: number;
  /** Settles with a sentence when the program has ended, wanted or not. */
  readonly ended: Promise<string>;
  /** SIGTERM, and SIGKILL where that is not heard within `seconds`. */
  stop(seconds?: number): Promise<void>;
  /** What it last wrote. */
  lastLines(): string;
}

interface ChildOptions {
  readonly name: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
}

/**
 * Starts a Node program whose output goes to a file. It is given its own process group, so that
 * Ctrl-C reaches us alone and things end in order.
 */
export function startChild({ name, args, cwd, env, logFile }: ChildOptions): Child {
  const log = createWriteStream(logFile, { flags: "a" });
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const { pid } = child;
  if (pid === undefined) throw new StartError(`${name}: ${process.execPath} could not be started.`);
  const ended = new Promise<string>((resolve) => {
    child.on("close", (code, signal) => {
      log.end();
      resolve(signal === null ? `${name} ended with exit ${code}` : `${name} ended by ${signal}`);
    });
  });
  const stop = async (seconds = 10): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGTERM");
    const limit = setTimeout(() => child.kill("SIGKILL"), seconds * 1000);
    await ended;
    clearTimeout(limit);
  };
  const lastLines = (): string =>
    readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-LAST_LINES).join("\n");
  return { name, pid, ended, stop, lastLines };
}
