import { asc, count, eq, max, sql } from "drizzle-orm";
import { type Actor, requireRole, type Role } from "../actor.ts";
import type { Database, Transaction } from "../client.ts";
import { NotFoundError, PreconditionError } from "../errors.ts";
import { session, user } from "../schema/index.ts";
import { writeAudit } from "./audit.ts";

/** 0 means that the next to sign up becomes the first admin. */
export async function countUsers(db: Database): Promise<number> {
  const [row] = await db.drizzle.select({ users: count() }).from(user);
  return row!.users;
}

export type Member = Awaited<ReturnType<typeof listMembers>>[number];

/** Everyone in the team, oldest first. */
export async function listMembers(db: Database) {
  return db.drizzle
    .select({
      id: user.id,
      name: user.name,
      email: user.email,
      role: user.role,
      createdAt: user.createdAt,
      lastSeenAt: max(session.updatedAt),
    })
    .from(user)
    .leftJoin(session, eq(session.userId, user.id))
    .groupBy(user.id)
    .orderBy(asc(user.createdAt));
}

/**
 * Makes the only user an admin, in one statement, so that of two who sign up at once one wins.
 * Returns whether it did.
 */
export async function promoteFirstUser(db: Database, userId: string): Promise<boolean> {
  return db.drizzle.transaction(async (tx) => {
    await tx.execute(sql`lock table ${user} in share row exclusive mode`);
    const [row] = await tx.select({ users: count() }).from(user);
    if (row!.users !== 1) return false;
    const changed = await tx
      .update(user)
      .set({ role: "admin" })
      .where(eq(user.id, userId))
      .returning({ id: user.id });
    return changed.length === 1;
  });
}

/** @throws {PreconditionError} when it would leave the team without an admin */
export async function setUserRole(
  db: Database,
  { actor, userId, role }: { actor: Actor; userId: string; role: Role },
): Promise<void> {
  requireRole(actor, "admin", "change role");
  await db.drizzle.transaction(async (tx) => {
    if (role !== "admin") await requireOtherAdmin(tx, userId, "change role");
    const before = await lockUser(tx, userId, "change role");
    await tx
      .update(user)
      .set({ role, updatedAt: sql`now()` })
      .where(eq(user.id, userId));
    const details = { name: before.name, before: { role: before.role }, after: { role } };
    const target = { type: "user", id: userId };
    await writeAudit(tx, { actor, action: "user.role", target, details });
  });
}

/** Takes someone out of the team, sessions and tokens too; what they launched stays. */
export async function removeMember(
  db: Database,
  { actor, userId }: { actor: Actor; userId: string },
): Promise<void> {
  requireRole(actor, "admin", "remove member");
  await db.drizzle.transaction(async (tx) => {
    await requireOtherAdmin(tx, userId, "remove member");
    const { name, email, role } = await lockUser(tx, userId, "remove member");
    await tx.delete(user).where(eq(user.id, userId));
    const details = { before: { name, email, role }, after: null };
    const target = { type: "user", id: userId };
    await writeAudit(tx, { actor, action: "user.remove", target, details });
  });
}

async function lockUser(tx: Transaction, userId: string, action: string) {
  const [row] = await tx.select().from(user).where(eq(user.id, userId)).for("update");
  if (!row) throw new NotFoundError(`${action}: expected a user ${userId}, found none.`);
  return row;
}

/** Locks all admins, so that two who demote each other at once cannot both succeed. */
async function requireOtherAdmin(tx: Transaction, userId: string, action: string): Promise<void> {
  const admins = await tx
    .select({ id: user.id })
    .from(user)
    .where(eq(user.role, "admin"))
    .for("update");
  if (admins.length === 1 && admins[0]?.id === userId) {
    throw new PreconditionError(`${action}: this is the last admin. Make another one first.`);
  }
}
