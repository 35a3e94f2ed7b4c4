import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeActor } from "../../test/factories.ts";
import { createTestDatabase, type TestDatabase } from "../../test/with-database.ts";
import { SYSTEM_ACTOR } from "../actor.ts";
import { ForbiddenError, PreconditionError } from "../errors.ts";
import {
  acceptInvitation,
  createInvitation,
  findInvitation,
  listInvitations,
  revokeInvitation,
} from "./invitations.ts";
import { countUsers, listMembers, promoteFirstUser, setUserRole } from "./members.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

describe("members", () => {
  it("make the first user an admin, and no later one, and keep the last admin", async () => {
    const { db } = test;
    expect(await countUsers(db)).toBe(0);
    const first = await makeActor(db, "viewer");
    expect(await promoteFirstUser(db, first.id!)).toBe(true);
    const second = await makeActor(db, "viewer");
    expect(await promoteFirstUser(db, second.id!)).toBe(false);
    const demote = { actor: SYSTEM_ACTOR, userId: first.id!, role: "viewer" } as const;
    await expect(setUserRole(db, demote)).rejects.toBeInstanceOf(PreconditionError);
    const promote = { userId: second.id!, role: "admin" } as const;
    await expect(setUserRole(db, { actor: second, ...promote })).rejects.toBeInstanceOf(
      ForbiddenError,
    );
    await setUserRole(db, { actor: SYSTEM_ACTOR, ...promote });
    await setUserRole(db, demote);
    const roles = (await listMembers(db)).map(({ role }) => role);
    expect(roles).toEqual(["viewer", "admin"]);
  });
});

describe("invitations", () => {
  it("work once and not after they were revoked or have expired", async () => {
    const { db } = test;
    const actor = SYSTEM_ACTOR;
    const guest = await makeActor(db, "viewer");
    const { token } = await createInvitation(db, { actor, role: "member", email: "g@x.test" });
    expect(await findInvitation(db, token)).toMatchObject({ role: "member", email: "g@x.test" });
    expect(await acceptInvitation(db, { token, userId: guest.id! })).toEqual({ role: "member" });
    const again = acceptInvitation(db, { token, userId: guest.id! });
    await expect(again).rejects.toBeInstanceOf(PreconditionError);

    const revoked = await createInvitation(db, { actor, role: "viewer" });
    expect((await listInvitations(db)).map(({ id }) => id)).toEqual([revoked.id]);
    await revokeInvitation(db, { actor, id: revoked.id });
    expect(await findInvitation(db, revoked.token)).toBeNull();
    const expired = await createInvitation(db, { actor, role: "viewer", expiresInDays: -1 });
    expect(await findInvitation(db, expired.token)).toBeNull();
    const member = await makeActor(db, "member");
    const denied = createInvitation(db, { actor: member, role: "admin" });
    await expect(denied).rejects.toBeInstanceOf(ForbiddenError);
  });
});
