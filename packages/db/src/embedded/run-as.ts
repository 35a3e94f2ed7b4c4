import type { SpawnOptions } from "node:child_process";
import { join } from "node:path";
import type { ClusterPlace } from "./place-cluster.ts";

/** How to spawn one of PostgreSQL's programs: as its user, from a folder that user may enter. */
export function runAs({ user, libraries, binaries }: ClusterPlace): SpawnOptions {
  const paths = `${libraries}:${join(binaries.root, "lib")}`;
  return {
    cwd: "/",
    env: {
      LD_LIBRARY_PATH: paths,
      DYLD_LIBRARY_PATH: paths,
      LC_ALL: "C",
      TZ: "UTC",
      // Next types it as always there.
      NODE_ENV: "production",
    },
    ...(user ? { uid: user.uid, gid: user.gid } : {}),
  };
}
