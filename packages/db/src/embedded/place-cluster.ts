import { chown, mkdir, mkdtemp, realpath, rmdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { PreconditionError } from "../errors.ts";
import { copyBinaries, findBinaries, type PostgresBinaries } from "./binaries.ts";
import { chooseServerUser, closedParent, type ServerUser } from "./server-user.ts";

/** Where a cluster lives and who runs it. */
export interface ClusterPlace {
  readonly folder: string;
  readonly data: string;
  readonly log: string;
  readonly libraries: string;
  readonly binaries: PostgresBinaries;
  readonly user: ServerUser | null;
}

/** Where root keeps clusters and binaries that would otherwise lie behind a closed folder. */
const SHARED_FOLDER = "/var/lib/seedmask";

/**
 * Decides where the cluster of `wanted` lives.
 *
 * Root must lend the server to another user, who cannot enter folders such as /root. Then the cluster
 * moves to /var/lib/seedmask and `wanted` becomes a link to it, and the binaries are copied beside it.
 *
 * @throws {PreconditionError} naming the closed folder when that cannot be done
 */
export async function placeCluster(wanted: string): Promise<ClusterPlace> {
  const user = await chooseServerUser(join(wanted, "data"));
  let folder = await realpath(wanted);
  let binaries = findBinaries();
  if (user) {
    const closed = await closedParent(folder, user);
    if (closed !== null) folder = await moveOut(wanted, closed, user);
    if ((await closedParent(join(binaries.root, "bin", "postgres"), user)) !== null) {
      binaries = await copyBinaries(binaries, SHARED_FOLDER);
    }
    await chown(folder, user.uid, user.gid);
  }
  return {
    folder,
    data: join(folder, "data"),
    log: join(folder, "postgres.log"),
    libraries: join(folder, "lib"),
    binaries,
    user,
  };
}

async function moveOut(wanted: string, closed: string, user: ServerUser): Promise<string> {
  let target = SHARED_FOLDER;
  try {
    await mkdir(SHARED_FOLDER, { recursive: true, mode: 0o755 });
    target = await mkdtemp(join(SHARED_FOLDER, "postgres-"));
    if ((await closedParent(target, user)) !== null) throw new Error(`${target} is closed too`);
    await rmdir(wanted);
    await symlink(target, wanted);
    return target;
  } catch (cause) {
    throw new PreconditionError(
      `embedded PostgreSQL: root must run it as ${user.name}, who may not enter ${closed}, ` +
        `and ${wanted} could not be moved to ${target}. ` +
        "Set SEEDMASK_HOME to a folder whose parents are open (chmod o+x), or run as another user.",
      { cause },
    );
  }
}
