import { readFile, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";

/** Whom PostgreSQL runs as, where that is not ourselves. */
export interface ServerUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * PostgreSQL refuses to run as root, so root lends it to the owner of an existing cluster, else to
 * `postgres`, else to `nobody`. Anyone else runs it as themselves: null.
 */
export async function chooseServerUser(dataFolder: string): Promise<ServerUser | null> {
  if (process.getuid?.() !== 0) return null;
  const owner = await stat(dataFolder).catch(() => null);
  if (owner && owner.uid !== 0) {
    return { name: `uid ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  }
  const lines = (await readFile("/etc/passwd", "utf8").catch(() => "")).split("\n");
  const users = lines.map((line) => line.split(":"));
  const found = ["postgres", "nobody"]
    .map((name) => users.find((fields) => fields[0] === name))
    .find((fields) => fields !== undefined);
  if (!found) return { name: "uid 65534", uid: 65534, gid: 65534 };
  return { name: found[0]!, uid: Number(found[2]), gid: Number(found[3]) };
}

/** The first folder on the way to `path` that the user may not enter; null where all are open. */
export async function closedParent(path: string, user: ServerUser): Promise<string | null> {
  const parents: string[] = [];
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    parents.unshift(folder);
    if (folder === dirname(folder)) break;
  }
  for (const folder of parents) {
    const facts = await stat(folder).catch(() => null);
    if (!facts) return null;
    const mode = facts.uid === user.uid ? 0o100 : facts.gid === user.gid ? 0o010 : 0o001;
    if ((facts.mode & mode) === 0) return folder;
  }
  return null;
}
