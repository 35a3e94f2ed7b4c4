import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { ensureTestServer } from "./test-server.ts";

/** Gives a test run its own PostgreSQL folder and takes it away at the end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "seedmask-test-"));
  // mkdtemp closes its folder to others, and the server may have to be another user.
  await chmod(folder, 0o755);
  project.provide("postgresFolder", folder);
  return async () => {
    const used = await readdir(folder);
    if (used.length > 0) await (await ensureTestServer(folder)).stop();
    await rm(folder, { recursive: true, force: true });
  };
}
