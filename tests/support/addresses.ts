import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";

/** SEEDMASK_E2E_PORT and the two after it, so that two checkouts can be tested at once. */
const PORT = Number(process.env["SEEDMASK_E2E_PORT"] ?? 3877);

export const DASHBOARD_PORT = PORT;
export const DASHBOARD_URL = `http://localhost:${PORT}`;
/** Answers with the facts of the stack once everything the specs need is there. */
export const READY_PORT = PORT + 1;
export const READY_URL = `http://127.0.0.1:${READY_PORT}`;
/** Of a second dashboard, on a data home of its own. */
export const SECOND_PORT = PORT + 2;

/** The admin's cookies, written by first-start.spec.ts and used by all others. */
export const STATE_FILE = join(tmpdir(), `seedmask-e2e-state-${PORT}.json`);

export const ADMIN = {
  name: "Ada Admin",
  email: "ada@example.org",
  password: "correct horse battery",
};
