import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeActor, unique } from "../../test/factories.ts";
import { createTestDatabase, type TestDatabase } from "../../test/with-database.ts";
import { SYSTEM_ACTOR } from "../actor.ts";
import { ForbiddenError, PreconditionError } from "../errors.ts";
import { beatWorker, leaveWorker, listWorkers, registerWorker } from "../workers/workers.ts";
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

describe("workers", () => {
  it("are alive while they beat and gone when they leave", async () => {
    const { db } = test;
    const facts = { name: "box", hostname: "box", pid: 1, versions: {}, backend: null };
    const sizes = { memoryBytes: 8e9, diskFreeBytes: 1e10 };
    const [quiet, busy] = [unique(), unique()];
    await registerWorker(db, { id: quiet, ...facts, ...sizes });
    await registerWorker(db, { id: busy, ...facts, ...sizes });
    await db.pool.query("update worker set last_beat_at = now() - interval '1 minute'");
    const beat = { memoryUsedBytes: 5, diskFreeBytes: 6, runId: "r", stage: "predict" } as const;
    await beatWorker(db, { id: busy, ...beat });
    const workers = await listWorkers(db);
    expect(workers.map(({ id, alive }) => [id, alive])).toEqual([
      [quiet, false],
      [busy, true],
    ]);
    expect(workers[1]).toMatchObject(beat);
    await leaveWorker(db, busy);
    expect((await listWorkers(db)).map(({ id }) => id)).toEqual([quiet]);
  });
});
