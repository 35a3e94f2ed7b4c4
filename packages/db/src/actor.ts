import { ForbiddenError } from "./errors.ts";

/** What a person may do, ascending; each includes those before it. */
export const ROLES = ["viewer", "member", "maintainer", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** Who asks. `id` is null for the command line and the start script, which act for the installation. */
export interface Actor {
  readonly id: string | null;
  readonly name: string;
  readonly role: Role;
}

export const SYSTEM_ACTOR: Actor = { id: null, name: "seedmask", role: "admin" };

export const hasRole = (actor: Actor, least: Role): boolean =>
  ROLES.indexOf(actor.role) >= ROLES.indexOf(least);

/** @throws {ForbiddenError} naming the role that is missing */
export function requireRole(actor: Actor, least: Role, action: string): void {
  if (hasRole(actor, least)) return;
  throw new ForbiddenError(
    `${action}: expected role ${least}, got ${actor.role}. Ask an admin of your team.`,
    { details: { needed: least } },
  );
}

/** Members change what is theirs, maintainers everything. */
export function requireOwner(actor: Actor, owner: string | null, action: string): void {
  requireRole(actor, "member", action);
  if (owner !== null && owner === actor.id) return;
  requireRole(actor, "maintainer", `${action} of someone else`);
}
