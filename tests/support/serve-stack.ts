/**
 * The stack the browser tests look at: PostgreSQL, dashboard and worker on a data home of their own,
 * with a dataset and a finished run. Runs until SIGTERM; answers on READY_URL once all is there.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { startStack } from "../../scripts/start/stack.ts";
import { DASHBOARD_PORT, READY_PORT } from "./addresses.ts";
import { seedDataset, seedFinishedRun, seedImportFolders } from "./seed-runs.ts";

const log = (line: string): void => console.log(`e2e stack: ${line}`);

/** Pictures are taken of the real demo; tests look at the smallest run that takes every path. */
const size = process.env["SEEDMASK_E2E_RUN"] === "demo" ? "demo" : "tiny";

const home = await mkdtemp(join(tmpdir(), "seedmask-e2e-"));
const stack = await startStack({ home, port: DASHBOARD_PORT, host: "127.0.0.1", log });
const interrupted = new Promise((settle) => process.on("SIGTERM", settle));

try {
  const { dataset, image } = await seedDataset(stack.db, home, size);
  const folders = await seedImportFolders(home);
  const run = await seedFinishedRun(stack.db, dataset, size);
  const facts = JSON.stringify({ home, dataset, image, folders, run });
  const server = createServer((_, response) => response.end(facts));
  server.listen(READY_PORT, "127.0.0.1");
  log("ready");
  await Promise.race([interrupted, stack.broken.then(log)]);
  server.close();
} catch (error) {
  console.error(error, stack.worker.lastLines());
  process.exitCode = 1;
} finally {
  await stack.stop();
  await rm(home, { recursive: true, force: true });
}
