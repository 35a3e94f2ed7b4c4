import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { type EmbeddedPostgres, ensurePostgres } from "../src/embedded/ensure-postgres.ts";

/** Durability costs time and a test's data may be lost. */
const SETTINGS = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  max_connections: "300",
  autovacuum: "off",
};

/** Where the server of tests lies when no test run has chosen a folder of its own. */
export const sharedFolder = (): string =>
  join(tmpdir(), `seedmask-test-postgres-${userInfo().username}`);

export const ensureTestServer = (dir: string): Promise<EmbeddedPostgres> =>
  ensurePostgres({ dir, settings: SETTINGS });
