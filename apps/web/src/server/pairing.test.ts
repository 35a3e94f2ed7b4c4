import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pairAnswerSchema } from "@seedmask/core/contract";
import { closeDatabase, createWorkerPairing, revokeWorkerPairing } from "@seedmask/db";
import { createTestDatabase, makeActor, type TestDatabase } from "@seedmask/db/testing";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

// The package throws wherever the bundler has not marked the code as the server's.
vi.mock("server-only", () => ({}));

let test: TestDatabase;
let home: string;
beforeAll(async () => {
  test = await createTestDatabase();
  home = await mkdtemp(join(tmpdir(), "seedmask-pairing-"));
  process.env["DATABASE_URL"] = test.url;
  process.env["SEEDMASK_HOME"] = home;
  process.env["SEEDMASK_DATABASE_HOST"] = "db.example:6000";
  process.env["LOG_LEVEL"] = "silent";
});
afterAll(async () => {
  const { services } = await import("./services.ts");
  await (await services().feed).close();
  await closeDatabase(services().database);
  await rm(home, { recursive: true });
  await test.drop();
});

async function ask(token: string | null, body: unknown = { hostname: "gpu-box" }) {
  const { POST } = await import("#app/api/workers/pair/route.ts");
  const headers = new Headers(token === null ? {} : { authorization: `Bearer ${token}` });
  const request = { method: "POST", headers, body: JSON.stringify(body) };
  return POST(new Request("http://localhost/api/workers/pair", request));
}

describe("POST /api/workers/pair", () => {
  it("tells the bearer where database and data home are, and proves the latter", async () => {
    const actor = await makeActor(test.db, "admin");
    const { id, token } = await createWorkerPairing(test.db, { actor, name: "gpu-box" });
    const response = await ask(token);
    expect(response.headers.get("cache-control")).toBe("no-store");
    const answer = pairAnswerSchema.parse(await response.json());
    expect(answer).toMatchObject({ id, name: "gpu-box", home });
    expect(new URL(answer.databaseUrl).host).toBe("db.example:6000");
    expect(await readFile(join(home, answer.proof.path), "utf8")).toBe(answer.proof.text);
    await revokeWorkerPairing(test.db, { actor, id });
    const refused = await ask(token);
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain("was taken back");
  });

  it("tells nobody else", async () => {
    expect((await ask(null)).status).toBe(401);
    expect((await ask("smw_wrong")).status).toBe(403);
    expect((await ask("smk_some-api-token")).status).toBe(403);
    expect((await ask("smw_wrong", { hostname: 1 })).status).toBe(400);
  });
});
