import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeActor } from "../../test/factories.ts";
import { createTestDatabase, type TestDatabase } from "../../test/with-database.ts";
import { SYSTEM_ACTOR } from "../actor.ts";
import { ForbiddenError, NotFoundError, PreconditionError } from "../errors.ts";
import { getView, listViews, removeView, saveView } from "./saved-views.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const failed = { page: "runs" as const, name: "Failed", query: "status=failed" };

describe("saved views", () => {
  it("shows a view of one's own to nobody else, a shared one to the team", async () => {
    const { db } = test;
    const [owner, other] = [await makeActor(db, "member"), await makeActor(db, "viewer")];
    const { id } = await saveView(db, { ...failed, actor: owner, shared: false });
    expect(await listViews(db, { actor: other, page: "runs" })).toEqual([]);
    await expect(getView(db, { actor: other, id })).rejects.toBeInstanceOf(NotFoundError);
    const again = await saveView(db, { ...failed, query: "q=x", actor: owner, shared: true });
    expect(again.id).toBe(id);
    expect(await listViews(db, { actor: other, page: "runs" })).toMatchObject([
      { id, name: "Failed", query: "q=x", ownerName: owner.name },
    ]);
    expect(await listViews(db, { actor: other, page: "leaderboard" })).toEqual([]);
  });
  it("lets viewers keep views for themselves only, and maintainers tidy up", async () => {
    const { db } = test;
    const [viewer, member, maintainer] = await Promise.all(
      (["viewer", "member", "maintainer"] as const).map((role) => makeActor(db, role)),
    );
    const shared = saveView(db, { ...failed, actor: viewer!, shared: true });
    await expect(shared).rejects.toBeInstanceOf(ForbiddenError);
    const own = await saveView(db, { ...failed, actor: viewer!, shared: false });
    await removeView(db, { actor: viewer!, id: own.id });
    const { id } = await saveView(db, { ...failed, actor: member!, shared: true });
    await expect(removeView(db, { actor: viewer!, id })).rejects.toBeInstanceOf(ForbiddenError);
    await removeView(db, { actor: maintainer!, id });
    await expect(getView(db, { actor: member!, id })).rejects.toBeInstanceOf(NotFoundError);
  });
  it("belongs to a person", async () => {
    const save = saveView(test.db, { ...failed, actor: SYSTEM_ACTOR, shared: false });
    await expect(save).rejects.toBeInstanceOf(PreconditionError);
  });
});
