import { openEventFeed, type Role, ROLES } from "@seedmask/db";
import { createTestDatabase, makeActor, makeRun, type TestDatabase } from "@seedmask/db/testing";
import { TRPCError } from "@trpc/server";
import { Disk } from "flydrive";
import { FSDriver } from "flydrive/drivers/fs";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appRouter, createCaller } from "./root.ts";
import type { Context } from "./trpc.ts";

/** Who may call what. A procedure that is not in this table fails the test below. */
const LEAST_ROLE: Readonly<Record<string, Role | "anyone">> = {
  "datasets.compareVersions": "viewer",
  "datasets.get": "viewer",
  "datasets.getImport": "maintainer",
  "datasets.image": "viewer",
  "datasets.images": "viewer",
  "datasets.import": "maintainer",
  "datasets.importPreview": "maintainer",
  "datasets.imports": "maintainer",
  "datasets.list": "viewer",
  "datasets.removeVersion": "maintainer",
  "datasets.versions": "viewer",
  "evaluations.classBreakdown": "viewer",
  "evaluations.get": "viewer",
  "evaluations.list": "viewer",
  "events.follow": "viewer",
  "evidence.classifier": "viewer",
  "evidence.coOccurrence": "viewer",
  "evidence.doubts": "viewer",
  "evidence.list": "viewer",
  "evidence.partner": "viewer",
  "evidence.review": "viewer",
  "gallery.compareImages": "viewer",
  "gallery.imageResults": "viewer",
  "gallery.list": "viewer",
  "leaderboard.policies": "viewer",
  "leaderboard.rows": "viewer",
  "logs.search": "viewer",
  "people.findInvitation": "anyone",
  "people.invitations": "admin",
  "people.invite": "admin",
  "people.isSetUp": "anyone",
  "people.me": "viewer",
  "people.members": "viewer",
  "people.revokeInvitation": "admin",
  "people.setRole": "admin",
  "predictions.get": "viewer",
  "predictions.mine": "viewer",
  "predictions.models": "viewer",
  "recipes.list": "viewer",
  "runs.cancel": "member",
  "runs.counts": "viewer",
  "runs.create": "member",
  "runs.duplicate": "member",
  "runs.get": "viewer",
  "runs.lineage": "viewer",
  "runs.list": "viewer",
  "runs.metricNames": "viewer",
  "runs.metrics": "viewer",
  "runs.plan": "viewer",
  "runs.remove": "member",
  "runs.rename": "member",
  "runs.retry": "member",
  "runs.retryStage": "member",
  "runs.tag": "member",
  "workers.get": "viewer",
  "workers.jobs": "viewer",
  "workers.list": "viewer",
  "workers.moveJob": "maintainer",
  "workers.pair": "admin",
  "workers.pairings": "admin",
  "workers.unpair": "admin",
  "audit.list": "admin",
  "people.remove": "admin",
  "sweeps.cancel": "member",
  "sweeps.create": "member",
  "sweeps.get": "viewer",
  "sweeps.list": "viewer",
  "sweeps.pause": "member",
  "sweeps.resume": "member",
  "views.get": "viewer",
  "views.list": "viewer",
  "views.remove": "viewer",
  "views.save": "viewer",
  "tokens.create": "viewer",
  "tokens.list": "viewer",
  "tokens.revoke": "viewer",
  "storage.prune": "admin",
  "storage.use": "admin",
  "system.status": "admin",
  "webhooks.create": "admin",
  "webhooks.deliveries": "admin",
  "webhooks.list": "admin",
  "webhooks.remove": "admin",
  "webhooks.setEnabled": "admin",
  "webhooks.test": "admin",
};

let test: TestDatabase;
const files = new Disk(new FSDriver({ location: tmpdir(), visibility: "private" }));

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const contextOf = (role: Role | null): Context => ({
  database: test.db,
  feed: () => openEventFeed(test.db),
  files,
  home: "/nonexistent",
  actor: role && {
    id: `test-${role}`,
    name: role,
    email: `${role}@example.org`,
    role,
    scopes: null,
  },
  reportError: () => undefined,
});

/** The code a call ends with when its input is nothing: the role is checked before the input. */
async function codeOf(path: string, role: Role | null): Promise<string | null> {
  const caller = createCaller(contextOf(role));
  const [group, name] = path.split(".") as [keyof typeof caller, string];
  const procedure = Reflect.get(caller[group], name) as (input: unknown) => Promise<unknown>;
  try {
    await procedure(undefined);
    return null;
  } catch (error) {
    if (error instanceof TRPCError) return error.code;
    throw error;
  }
}

describe("permissions", () => {
  it("names every procedure there is", () => {
    expect(Object.keys(appRouter._def.procedures).toSorted()).toEqual(
      Object.keys(LEAST_ROLE).toSorted(),
    );
  });

  for (const [path, least] of Object.entries(LEAST_ROLE)) {
    if (least === "anyone") {
      it(`${path} answers without an account`, async () => {
        expect(["UNAUTHORIZED", "FORBIDDEN"]).not.toContain(await codeOf(path, null));
      });
      continue;
    }
    it(`${path} refuses who is not signed in`, async () => {
      expect(await codeOf(path, null)).toBe("UNAUTHORIZED");
    });
    const tooLow = ROLES.slice(0, ROLES.indexOf(least));
    if (tooLow.length > 0) {
      it(`${path} refuses ${tooLow.join(" and ")}`, async () => {
        for (const role of tooLow) expect(await codeOf(path, role)).toBe("FORBIDDEN");
      });
    }
    it(`${path} lets ${least} in`, async () => {
      expect(["UNAUTHORIZED", "FORBIDDEN"]).not.toContain(await codeOf(path, least));
    });
  }
});

describe("ownership of runs", () => {
  async function ownRun(role: Role) {
    const owner = await makeActor(test.db, role);
    const run = await makeRun(test.db, { actor: owner });
    return { owner, run };
  }
  const callerOf = (actor: { id: string | null; name: string; role: Role }) =>
    createCaller({
      ...contextOf(actor.role),
      actor: { ...actor, id: actor.id ?? "", email: "someone@example.org", scopes: null },
    });

  it("lets a member cancel a run of its own", async () => {
    const { owner, run } = await ownRun("member");
    await expect(callerOf(owner).runs.cancel({ runId: run.id })).resolves.toMatchObject({
      status: "cancelled",
    });
  });
  it("refuses a member the run of someone else", async () => {
    const { run } = await ownRun("member");
    const other = await makeActor(test.db, "member");
    for (const act of ["cancel", "remove", "retry"] as const) {
      await expect(callerOf(other).runs[act]({ runId: run.id })).rejects.toMatchObject({
        code: "FORBIDDEN",
      });
    }
  });
  it("lets a maintainer cancel any run", async () => {
    const { run } = await ownRun("member");
    const maintainer = await makeActor(test.db, "maintainer");
    await expect(callerOf(maintainer).runs.cancel({ runId: run.id })).resolves.toBeDefined();
  });
});

describe("errors", () => {
  it("maps what db says to the code a browser understands, message kept", async () => {
    const caller = createCaller(contextOf("viewer"));
    await expect(caller.runs.get({ runId: "none" })).rejects.toMatchObject({
      code: "NOT_FOUND",
      message: expect.stringContaining("run none"),
    });
  });
  it("refuses a config out of range before it reaches the database", async () => {
    const caller = createCaller(contextOf("member"));
    await expect(
      caller.runs.create({ dataset: "x", config: { seed: -1 } as never }),
    ).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });
});
