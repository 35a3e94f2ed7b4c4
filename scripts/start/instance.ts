import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { z } from "zod";

/** Who runs on a data home: kept in `instance.json` there, removed at a clean end. */
const instanceSchema = z.object({
  pid: z.int(),
  url: z.string(),
  databaseUrl: z.string(),
  /** Programs it started, with the words by which to know them again. */
  children: z.array(z.object({ pid: z.int(), command: z.string() })),
});
export type Instance = z.infer<typeof instanceSchema>;

const fileOf = (home: string): string => join(home, "instance.json");

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A pid is used again one day: where the system tells, the program has to bear the same words. */
function isOurs({ pid, command }: Instance["children"][number]): boolean {
  if (!isAlive(pid)) return false;
  const file = `/proc/${pid}/cmdline`;
  return !existsSync(file) || readFileSync(file, "utf8").includes(command);
}

/**
 * The instance that runs on this home, or null. What an instance left behind that was killed (its
 * children) is ended here.
 */
export function findInstance(home: string): Instance | null {
  const file = fileOf(home);
  if (!existsSync(file)) return null;
  const instance = instanceSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  if (isOurs({ pid: instance.pid, command: "start.mjs" })) return instance;
  for (const child of instance.children.filter(isOurs)) process.kill(child.pid, "SIGTERM");
  rmSync(file, { force: true });
  return null;
}

export const recordInstance = (home: string, instance: Instance): void =>
  writeFileSync(fileOf(home), JSON.stringify(instance, null, 2));

export const forgetInstance = (home: string): void => rmSync(fileOf(home), { force: true });
