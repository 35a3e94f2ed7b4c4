/**
 * What the browser tests look at: `npm start` on a data home of its own, with a dataset and a finished
 * run. Runs until SIGTERM; answers on READY_URL once all is there.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { closeDatabase, openDatabase } from "@seedmask/db";
import { DASHBOARD_PORT, READY_PORT } from "./addresses.ts";
import { seedDataset, seedFinishedRun, seedImportFolders } from "./seed-runs.ts";
import { launchStack } from "./start-stack.ts";

/** Pictures are taken of the real demo; tests look at the smallest run that takes every path. */
const size = process.env["SEEDMASK_E2E_RUN"] === "demo" ? "demo" : "tiny";

const home = await mkdtemp(join(tmpdir(), "seedmask-e2e-"));
const interrupted = new Promise((settle) => process.on("SIGTERM", settle));
const stack = await launchStack(home, DASHBOARD_PORT);
const db = openDatabase(stack.databaseUrl, { max: 2 });

try {
  const { dataset, image } = await seedDataset(db, home, size);
  const folders = await seedImportFolders(home);
  const run = await seedFinishedRun(db, dataset, size);
  const facts = JSON.stringify({ home, dataset, image, folders, run });
  const server = createServer((_, response) => response.end(facts));
  server.listen(READY_PORT, "127.0.0.1");
  console.log("e2e stack: ready");
  await Promise.race([interrupted, stack.ended]);
  server.close();
} catch (error) {
  console.error(error, `\n${await stack.workerLog()}`);
  process.exitCode = 1;
} finally {
  await closeDatabase(db);
  await stack.stop();
  await rm(home, { recursive: true, force: true });
}
