import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeActor } from "../../test/factories.ts";
import { createTestDatabase, type TestDatabase } from "../../test/with-database.ts";
import { SYSTEM_ACTOR } from "../actor.ts";
import { ForbiddenError, NotFoundError } from "../errors.ts";
import { createApiToken, findTokenBearer, listApiTokens, revokeApiToken } from "./api-tokens.ts";
import { listAudit } from "./audit.ts";
import { listMembers, removeMember, setUserRole } from "./members.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const forever = { name: "ci", scopes: ["run:read", "run:create"], expiresInDays: null } as const;

describe("createApiToken", () => {
  it("makes a token that acts for its owner, with the role the owner has now", async () => {
    const { db } = test;
    const owner = await makeActor(db, "member");
    const { id, token } = await createApiToken(db, { actor: owner, ...forever });
    const bearer = await findTokenBearer(db, token);
    expect(bearer).toMatchObject({ id: owner.id, role: "member" });
    expect(bearer!.scopes).toEqual(["run:create", "run:read"]);
    await setUserRole(db, { actor: SYSTEM_ACTOR, userId: owner.id!, role: "viewer" });
    expect(await findTokenBearer(db, token)).toMatchObject({ role: "viewer" });
    const [listed] = await listApiTokens(db, { actor: owner });
    expect(listed).toMatchObject({ id, start: token.slice(0, 10) });
    expect(listed!.lastUsedAt).toBeInstanceOf(Date);
    expect(JSON.stringify(listed)).not.toContain(token);
  });

  it("finds nobody behind a wrong, expired or revoked token", async () => {
    const { db } = test;
    const owner = await makeActor(db, "member");
    expect(await findTokenBearer(db, "smk_wrong")).toBeNull();
    expect(await findTokenBearer(db, "")).toBeNull();
    const old = await createApiToken(db, { actor: owner, ...forever, expiresInDays: -1 });
    expect(await findTokenBearer(db, old.token)).toBeNull();
    const { id, token } = await createApiToken(db, { actor: owner, ...forever });
    const stranger = await makeActor(db, "maintainer");
    const foreign = revokeApiToken(db, { actor: stranger, id });
    await expect(foreign).rejects.toBeInstanceOf(ForbiddenError);
    await revokeApiToken(db, { actor: owner, id });
    expect(await findTokenBearer(db, token)).toBeNull();
    const again = revokeApiToken(db, { actor: owner, id });
    await expect(again).rejects.toBeInstanceOf(NotFoundError);
    expect(await listApiTokens(db, { actor: owner })).toEqual([]);
  });

  it("ends with its owner, and the audit log says who took them out", async () => {
    const { db } = test;
    const admin = await makeActor(db, "admin");
    const owner = await makeActor(db, "member");
    const { token } = await createApiToken(db, { actor: owner, ...forever });
    await removeMember(db, { actor: admin, userId: owner.id! });
    expect(await findTokenBearer(db, token)).toBeNull();
    expect((await listMembers(db)).map(({ id }) => id)).not.toContain(owner.id);
    await expect(removeMember(db, { actor: SYSTEM_ACTOR, userId: admin.id! })).rejects.toThrow(
      "last admin",
    );
    const { rows } = await listAudit(db, { action: "user.", actorId: admin.id! });
    expect(rows).toMatchObject([
      { action: "user.remove", details: { before: { role: "member" }, after: null } },
    ]);
  });
});
