import { asc, count, eq, max, sql } from "drizzle-orm";
import { type Actor, requireRole, type Role } from "../actor.ts";
import type { Database } from "../client.ts";
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
    const admins = await tx
      .select({ id: user.id })
      .from(user)
      .where(eq(user.role, "admin"))
      .for("update");
    if (role !== "admin" && admins.length === 1 && admins[0]?.id === userId) {
      throw new PreconditionError("change role: this is the last admin. Make another one first.");
    }
    const changed = await tx
      .update(user)
      .set({ role, updatedAt: sql`now()` })
      .where(eq(user.id, userId))
      .returning({ id: user.id });
    if (changed.length === 0) throw new NotFoundError(`change role: no user ${userId}.`);
    const target = { type: "user", id: userId };
    await writeAudit(tx, { actor, action: "user.role", target, details: { role } });
  });
}
