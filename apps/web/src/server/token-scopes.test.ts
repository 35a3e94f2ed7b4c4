import { createTestDatabase, type TestDatabase } from "@seedmask/db/testing";
import type { Role } from "@seedmask/db";
import { callTRPCProcedure, TRPCError } from "@trpc/server";
import { Disk } from "flydrive";
import { FSDriver } from "flydrive/drivers/fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TOKEN_ACCESS } from "./access.ts";
import { appRouter } from "./root.ts";
import type { Account, Context } from "./trpc.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const account = (role: Role, scopes: Account["scopes"] = null): Account => ({
  id: `nobody-${role}`,
  name: role,
  email: `${role}@x.test`,
  role,
  scopes,
});

const contextOf = (actor: Account | null): Context => ({
  database: test.db,
  feed: () => Promise.reject(new Error("no feed in this test")),
  files: new Disk(new FSDriver({ location: "/nonexistent", visibility: "private" })),
  home: "/nonexistent",
  actor,
  reportError: () => undefined,
});

const TYPES = ["query", "mutation", "subscription"] as const;

/** The code a call without a fitting input ends with; null where it went through. */
async function outcomeOf(path: string, actor: Account | null): Promise<string | null> {
  for (const type of TYPES) {
    try {
      const call = { router: appRouter, path, type, ctx: contextOf(actor), batchIndex: 0 };
      await callTRPCProcedure({ ...call, getRawInput: async () => null, signal: undefined });
      return null;
    } catch (error) {
      if (!(error instanceof TRPCError)) throw error;
      if (!error.message.startsWith(`No "${type}"-procedure on path`)) return error.code;
    }
  }
  throw new Error(`${path} is no procedure`);
}

/** Asked before anyone has signed in. */
const OPEN = new Set(["people.findInvitation", "people.isSetUp"]);
const REFUSALS = ["UNAUTHORIZED", "FORBIDDEN"];
const paths = Object.keys(appRouter._def.procedures).toSorted();

describe("an API token", () => {
  it("has scopes for procedures that exist", () => {
    for (const path of Object.keys(TOKEN_ACCESS)) expect(paths).toContain(path);
  });

  it.each(paths)("is refused by %s without its scope, even an admin's", async (path) => {
    if (OPEN.has(path)) return;
    const scope = TOKEN_ACCESS[path];
    expect(await outcomeOf(path, account("admin", []))).toBe("FORBIDDEN");
    if (scope === undefined) return;
    expect(REFUSALS).not.toContain(await outcomeOf(path, account("admin", [scope])));
  });
});
