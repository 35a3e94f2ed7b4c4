import { createHash, randomBytes } from "node:crypto";
import { and, desc, eq, gt, isNull, sql } from "drizzle-orm";
import { type Actor, requireRole, type Role } from "../actor.ts";
import type { Database } from "../client.ts";
import { PreconditionError } from "../errors.ts";
import { newId } from "../ids.ts";
import { invitation, user } from "../schema/index.ts";
import { writeAudit } from "./audit.ts";

const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");

const isOpen = and(
  isNull(invitation.acceptedAt),
  isNull(invitation.revokedAt),
  gt(invitation.expiresAt, sql`now()`),
);

export interface CreateInvitationInput {
  readonly actor: Actor;
  readonly role: Role;
  readonly email?: string;
  readonly expiresInDays?: number;
}

/** A link for one person. The token is in this answer and nowhere else. */
export async function createInvitation(
  db: Database,
  { actor, role, email, expiresInDays = 7 }: CreateInvitationInput,
): Promise<{ id: string; token: string; expiresAt: Date }> {
  requireRole(actor, "admin", "invite");
  const token = randomBytes(24).toString("base64url");
  const id = newId();
  const expiresAt = new Date(Date.now() + expiresInDays * 86_400_000);
  await db.drizzle.transaction(async (tx) => {
    const who = { email: email ?? null, createdBy: actor.id };
    await tx.insert(invitation).values({ id, tokenHash: hashOf(token), role, expiresAt, ...who });
    const details = { before: null, after: { role, email: email ?? null, expiresAt } };
    const target = { type: "invitation", id };
    await writeAudit(tx, { actor, action: "invitation.create", target, details });
  });
  return { id, token, expiresAt };
}

/** What an open invitation offers; null where the link is used, revoked, expired or wrong. */
export async function findInvitation(
  db: Database,
  token: string,
): Promise<{ role: Role; email: string | null; expiresAt: Date } | null> {
  const [row] = await db.drizzle
    .select({ role: invitation.role, email: invitation.email, expiresAt: invitation.expiresAt })
    .from(invitation)
    .where(and(eq(invitation.tokenHash, hashOf(token)), isOpen));
  return row ?? null;
}

/** Gives the user the role of the invitation, once. */
export async function acceptInvitation(
  db: Database,
  { token, userId }: { token: string; userId: string },
): Promise<{ role: Role }> {
  return db.drizzle.transaction(async (tx) => {
    const [row] = await tx
      .update(invitation)
      .set({ acceptedBy: userId, acceptedAt: sql`now()` })
      .where(and(eq(invitation.tokenHash, hashOf(token)), isOpen))
      .returning({ id: invitation.id, role: invitation.role });
    if (!row) {
      throw new PreconditionError(
        "invitation: this link was used, revoked or has expired. Ask for a new one.",
      );
    }
    const [member] = await tx
      .select({ name: user.name, before: user.role })
      .from(user)
      .where(eq(user.id, userId))
      .for("update");
    await tx.update(user).set({ role: row.role }).where(eq(user.id, userId));
    const actor: Actor = { id: userId, name: member?.name ?? userId, role: row.role };
    const target = { type: "invitation", id: row.id };
    const details = { before: { role: member?.before }, after: { role: row.role } };
    await writeAudit(tx, { actor, action: "invitation.accept", target, details });
    return { role: row.role };
  });
}

export type InvitationRow = Awaited<ReturnType<typeof listInvitations>>[number];

/** Open invitations, newest first. */
export async function listInvitations(db: Database) {
  return db.drizzle
    .select({
      id: invitation.id,
      role: invitation.role,
      email: invitation.email,
      createdAt: invitation.createdAt,
      expiresAt: invitation.expiresAt,
    })
    .from(invitation)
    .where(isOpen)
    .orderBy(desc(invitation.createdAt));
}

export async function revokeInvitation(
  db: Database,
  { actor, id }: { actor: Actor; id: string },
): Promise<void> {
  requireRole(actor, "admin", "revoke invitation");
  await db.drizzle.transaction(async (tx) => {
    const [before] = await tx
      .update(invitation)
      .set({ revokedAt: sql`now()` })
      .where(and(eq(invitation.id, id), isOpen))
      .returning({ role: invitation.role, email: invitation.email });
    if (!before) return;
    const target = { type: "invitation", id };
    const details = { before, after: null };
    await writeAudit(tx, { actor, action: "invitation.revoke", target, details });
  });
}
