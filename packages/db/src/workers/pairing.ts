import { createHash, randomBytes } from "node:crypto";
import { and, desc, eq, getTableColumns, gt, isNotNull, isNull, or, sql } from "drizzle-orm";
import { type Actor, requireRole } from "../actor.ts";
import type { Database } from "../client.ts";
import { ConflictError, NotFoundError, PreconditionError } from "../errors.ts";
import { newId } from "../ids.ts";
import { writeAudit } from "../people/audit.ts";
import { worker, workerPairing } from "../schema/index.ts";
import { dropWorkerRole, grantWorkerRole } from "./database-role.ts";
import { releaseWorker } from "./release-worker.ts";
import { WORKER_SILENCE_SECONDS } from "./workers.ts";

const PAIRING_PREFIX = "smw_";
const START_CHARACTERS = 10;
const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");

/** Not taken back, and used once or still in time to be. */
const isOpen = and(
  isNull(workerPairing.revokedAt),
  or(isNotNull(workerPairing.pairedAt), gt(workerPairing.expiresAt, sql`now()`)),
);

/** A token that lets one worker in. It is in this answer and nowhere else. */
export async function createWorkerPairing(
  db: Database,
  { actor, name, expiresInHours = 24 }: { actor: Actor; name: string; expiresInHours?: number },
): Promise<{ id: string; token: string; expiresAt: Date }> {
  requireRole(actor, "admin", "pair worker");
  const token = PAIRING_PREFIX + randomBytes(32).toString("base64url");
  const id = newId();
  const expiresAt = new Date(Date.now() + expiresInHours * 3_600_000);
  await db.drizzle.transaction(async (tx) => {
    const start = token.slice(0, START_CHARACTERS);
    const secret = { tokenHash: hashOf(token), start };
    await tx.insert(workerPairing).values({ id, name, expiresAt, createdBy: actor.id, ...secret });
    const details = { before: null, after: { name, expiresAt } };
    const target = { type: "worker", id };
    await writeAudit(tx, { actor, action: "worker.pairing", target, details });
  });
  return { id, token, expiresAt };
}

export type WorkerPairingRow = Awaited<ReturnType<typeof listWorkerPairings>>[number];

/** Pairings that let someone in, newest first. */
export async function listWorkerPairings(db: Database, { actor }: { actor: Actor }) {
  requireRole(actor, "admin", "list pairings");
  const { tokenHash: _hash, ...columns } = getTableColumns(workerPairing);
  return db.drizzle
    .select(columns)
    .from(workerPairing)
    .where(isOpen)
    .orderBy(desc(workerPairing.createdAt));
}

export interface PairedWorker {
  /** Of the worker, from now on. */
  readonly id: string;
  readonly name: string;
  /** Connection of a role of its own, whose password is new at each start. */
  readonly databaseUrl: string;
}

/**
 * Lets the bearer of a pairing token in, at its first start and at each later one.
 * @throws {PreconditionError} where the token is wrong, too late or taken back
 * @throws {ConflictError} while another process works under it
 */
export async function pairWorker(
  db: Database,
  { token, hostname }: { token: string; hostname: string },
): Promise<PairedWorker> {
  return db.drizzle.transaction(async (tx) => {
    const [pairing] = await tx
      .select()
      .from(workerPairing)
      .where(and(eq(workerPairing.tokenHash, hashOf(token)), isOpen))
      .for("update");
    if (!pairing) {
      throw new PreconditionError(
        "pair worker: this token is wrong, has expired or was taken back. Ask an admin for a new one.",
      );
    }
    const { id, name } = pairing;
    const silence = sql`make_interval(secs => ${WORKER_SILENCE_SECONDS})`;
    const heard = gt(worker.lastBeatAt, sql`now() - ${silence}`);
    const [busy] = await tx
      .select({ hostname: worker.hostname, pid: worker.pid })
      .from(worker)
      .where(and(eq(worker.id, id), isNull(worker.leftAt), heard));
    if (busy) {
      throw new ConflictError(
        `pair worker: ${name} runs on ${busy.hostname}, process ${busy.pid}. ` +
          `Stop that one, or make a token for a second worker. One that died is let go after ${WORKER_SILENCE_SECONDS} s.`,
      );
    }
    const password = randomBytes(24).toString("base64url");
    const role = await grantWorkerRole(tx, { pairingId: id, password });
    const first = pairing.pairedAt === null;
    await tx
      .update(workerPairing)
      .set({ lastUsedAt: sql`now()`, hostname, ...(first && { pairedAt: sql`now()` }) })
      .where(eq(workerPairing.id, id));
    if (first) {
      const actor = { id: null, name, role: "viewer" } as const;
      const target = { type: "worker", id };
      await writeAudit(tx, { actor, action: "worker.paired", target, details: { hostname } });
    }
    const url = new URL(db.url);
    url.username = role;
    url.password = password;
    return { id, name, databaseUrl: url.href };
  });
}

/** Takes a pairing back: its worker's stage goes to another at once, its connections end. */
export async function revokeWorkerPairing(
  db: Database,
  { actor, id }: { actor: Actor; id: string },
): Promise<void> {
  requireRole(actor, "admin", "unpair worker");
  await db.drizzle.transaction(async (tx) => {
    const [pairing] = await tx
      .update(workerPairing)
      .set({ revokedAt: sql`now()` })
      .where(and(eq(workerPairing.id, id), isNull(workerPairing.revokedAt)))
      .returning({ name: workerPairing.name, hostname: workerPairing.hostname });
    if (!pairing)
      throw new NotFoundError(`unpair worker: expected an open pairing ${id}, found none.`);
    const released = await releaseWorker(db, tx, id);
    await dropWorkerRole(tx, id);
    const details = { before: pairing, after: null, released };
    const target = { type: "worker", id };
    await writeAudit(tx, { actor, action: "worker.unpair", target, details });
  });
}
