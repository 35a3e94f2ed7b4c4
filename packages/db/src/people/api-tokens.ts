import type { TokenScope } from "@seedmask/core/contract";
import { tokenScopeSchema } from "@seedmask/core/contract";
import { createHash, randomBytes } from "node:crypto";
import { and, desc, eq, gt, isNull, or, sql } from "drizzle-orm";
import { type Actor, hasRole, requireRole } from "../actor.ts";
import type { Database } from "../client.ts";
import { NotFoundError, PreconditionError } from "../errors.ts";
import { newId } from "../ids.ts";
import { apiToken, user } from "../schema/index.ts";
import { writeAudit } from "./audit.ts";

/** Tells a token of ours from a session cookie, and secret scanners what they found. */
export const TOKEN_PREFIX = "smk_";
const START_CHARACTERS = 10;
/** Seconds between two writes of `lastUsedAt`: a busy client costs one write a minute. */
const LAST_USE_SECONDS = 60;

const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");
const isOpen = and(
  isNull(apiToken.revokedAt),
  or(isNull(apiToken.expiresAt), gt(apiToken.expiresAt, sql`now()`)),
);

export interface CreateApiTokenInput {
  readonly actor: Actor;
  readonly name: string;
  readonly scopes: readonly TokenScope[];
  /** Null: until it is revoked. */
  readonly expiresInDays: number | null;
}

/** A token that acts for the one who makes it. It is in this answer and nowhere else. */
export async function createApiToken(
  db: Database,
  { actor, name, scopes, expiresInDays }: CreateApiTokenInput,
): Promise<{ id: string; token: string; expiresAt: Date | null }> {
  requireRole(actor, "viewer", "create token");
  const { id: owner } = actor;
  if (owner === null || scopes.length === 0) {
    throw new PreconditionError(
      "create token: expected an owner and a scope. Choose at least one.",
    );
  }
  const token = TOKEN_PREFIX + randomBytes(32).toString("base64url");
  const id = newId();
  const chosen = scopes.map((scope) => tokenScopeSchema.parse(scope)).toSorted();
  const expiresAt =
    expiresInDays === null ? null : new Date(Date.now() + expiresInDays * 86_400_000);
  await db.drizzle.transaction(async (tx) => {
    await tx.insert(apiToken).values({
      id,
      tokenHash: hashOf(token),
      start: token.slice(0, START_CHARACTERS),
      name,
      owner,
      scopes: chosen,
      expiresAt,
    });
    const details = { before: null, after: { name, scopes: chosen, expiresAt } };
    const target = { type: "token", id };
    await writeAudit(tx, { actor, action: "token.create", target, details });
  });
  return { id, token, expiresAt };
}

export interface TokenBearer {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Actor["role"];
  readonly scopes: readonly TokenScope[];
}

/** Whom a token acts for and within which scopes; null where it is wrong, revoked or has expired. */
export async function findTokenBearer(db: Database, token: string): Promise<TokenBearer | null> {
  if (!token.startsWith(TOKEN_PREFIX)) return null;
  const [row] = await db.drizzle
    .select({
      token: apiToken.id,
      scopes: apiToken.scopes,
      id: user.id,
      name: user.name,
      email: user.email,
      role: user.role,
    })
    .from(apiToken)
    .innerJoin(user, eq(user.id, apiToken.owner))
    .where(and(eq(apiToken.tokenHash, hashOf(token)), isOpen));
  if (!row) return null;
  const stale = sql`${apiToken.lastUsedAt} is null
    or ${apiToken.lastUsedAt} < now() - make_interval(secs => ${LAST_USE_SECONDS})`;
  await db.drizzle
    .update(apiToken)
    .set({ lastUsedAt: sql`now()` })
    .where(and(eq(apiToken.id, row.token), stale));
  const { token: _id, ...bearer } = row;
  return bearer;
}

export type ApiTokenRow = Awaited<ReturnType<typeof listApiTokens>>[number];

/** Tokens that work, newest first: one's own, for an admin all. */
export async function listApiTokens(db: Database, { actor }: { actor: Actor }) {
  return db.drizzle
    .select({
      id: apiToken.id,
      name: apiToken.name,
      start: apiToken.start,
      scopes: apiToken.scopes,
      createdAt: apiToken.createdAt,
      expiresAt: apiToken.expiresAt,
      lastUsedAt: apiToken.lastUsedAt,
      owner: { id: user.id, name: user.name },
    })
    .from(apiToken)
    .innerJoin(user, eq(user.id, apiToken.owner))
    .where(and(isOpen, hasRole(actor, "admin") ? undefined : eq(apiToken.owner, actor.id ?? "")))
    .orderBy(desc(apiToken.createdAt));
}

/** Ends a token at once: its owner may, and an admin. */
export async function revokeApiToken(
  db: Database,
  { actor, id }: { actor: Actor; id: string },
): Promise<void> {
  await db.drizzle.transaction(async (tx) => {
    const [row] = await tx
      .select()
      .from(apiToken)
      .where(and(eq(apiToken.id, id), isOpen));
    if (!row) throw new NotFoundError(`revoke token: expected an open token ${id}, found none.`);
    if (row.owner !== actor.id) requireRole(actor, "admin", "revoke token of someone else");
    await tx
      .update(apiToken)
      .set({ revokedAt: sql`now()` })
      .where(eq(apiToken.id, id));
    const details = { before: { name: row.name, scopes: row.scopes }, after: null };
    const target = { type: "token", id };
    await writeAudit(tx, { actor, action: "token.revoke", target, details });
  });
}
