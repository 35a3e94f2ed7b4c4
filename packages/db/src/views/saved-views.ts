import { and, asc, eq, or } from "drizzle-orm";
import { type Actor, requireOwner, requireRole } from "../actor.ts";
import type { Database } from "../client.ts";
import { NotFoundError, PreconditionError } from "../errors.ts";
import { newId } from "../ids.ts";
import { savedView, user, VIEW_PAGES } from "../schema/index.ts";

export { VIEW_PAGES };
export type ViewPage = (typeof VIEW_PAGES)[number];

export interface SavedView {
  readonly id: string;
  readonly page: ViewPage;
  readonly name: string;
  /** The page's own query string. */
  readonly query: string;
  readonly shared: boolean;
  readonly owner: string;
  readonly ownerName: string;
}

const columns = {
  id: savedView.id,
  page: savedView.page,
  name: savedView.name,
  query: savedView.query,
  shared: savedView.shared,
  owner: savedView.owner,
  ownerName: user.name,
};

/** Views of a page the actor may see: its own and those of the team, by name. */
export async function listViews(
  db: Database,
  { actor, page }: { actor: Actor; page: ViewPage },
): Promise<SavedView[]> {
  return db.drizzle
    .select(columns)
    .from(savedView)
    .innerJoin(user, eq(user.id, savedView.owner))
    .where(
      and(
        eq(savedView.page, page),
        or(eq(savedView.shared, true), eq(savedView.owner, actor.id ?? "")),
      ),
    )
    .orderBy(asc(savedView.name), asc(savedView.id));
}

/**
 * A view by the id in an address. Whoever has the address of a view that is not shared finds none.
 * @throws {NotFoundError}
 */
export async function getView(
  db: Database,
  { actor, id }: { actor: Actor; id: string },
): Promise<SavedView> {
  const [found] = await db.drizzle
    .select(columns)
    .from(savedView)
    .innerJoin(user, eq(user.id, savedView.owner))
    .where(eq(savedView.id, id));
  if (found && (found.shared || found.owner === actor.id)) return found;
  throw new NotFoundError(`view ${id}: expected a view, found none. It may have been removed.`);
}

export interface SaveViewInput {
  readonly actor: Actor;
  readonly page: ViewPage;
  readonly name: string;
  readonly query: string;
  /** True lets the team see it, which takes a member. */
  readonly shared: boolean;
}

/** Keeps a view; one of the same name, page and owner is replaced and keeps its address. */
export async function saveView(db: Database, input: SaveViewInput): Promise<{ id: string }> {
  const { actor, page, name, query, shared } = input;
  requireRole(actor, shared ? "member" : "viewer", "save view");
  const owner = actor.id;
  if (owner === null) {
    throw new PreconditionError("save view: expected a person, got the system. Sign in.");
  }
  const ofName = and(
    eq(savedView.page, page),
    eq(savedView.name, name),
    eq(savedView.owner, owner),
  );
  return db.drizzle.transaction(async (tx) => {
    const [known] = await tx.update(savedView).set({ query, shared }).where(ofName).returning();
    if (known) return { id: known.id };
    const id = newId();
    await tx.insert(savedView).values({ id, page, name, query, shared, owner });
    return { id };
  });
}

/** Takes a view away: one's own, or as a maintainer any of the team's. */
export async function removeView(
  db: Database,
  { actor, id }: { actor: Actor; id: string },
): Promise<void> {
  const { owner } = await getView(db, { actor, id });
  if (owner !== actor.id) requireOwner(actor, owner, "remove view");
  await db.drizzle.delete(savedView).where(eq(savedView.id, id));
}
