import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { begin, makeActor, makeResult, makeRun } from "../../test/factories.ts";
import { createTestDatabase, type TestDatabase } from "../../test/with-database.ts";
import { SYSTEM_ACTOR } from "../actor.ts";
import { ForbiddenError, PreconditionError } from "../errors.ts";
import { cancelRun } from "../runs/cancel-run.ts";
import { completeStage } from "../stages/complete-stage.ts";
import { failStage } from "../stages/fail-stage.ts";
import { listDeliveries, pingWebhook, recordDelivery, startDelivery } from "./deliveries.ts";
import { createWebhook, deleteWebhook, listWebhooks, setWebhookEnabled } from "./webhooks.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const actor = SYSTEM_ACTOR;
const url = "https://ci.example/hook";

describe("createWebhook", () => {
  it("is for admins and for http addresses, and lists no secret", async () => {
    const { db } = test;
    const maintainer = await makeActor(db, "maintainer");
    const events = ["run.failed"] as const;
    await expect(createWebhook(db, { actor: maintainer, url, events })).rejects.toBeInstanceOf(
      ForbiddenError,
    );
    for (const wrong of ["ftp://x/y", "nothing", "https://user:pass@x/"]) {
      const made = createWebhook(db, { actor, url: wrong, events });
      await expect(made).rejects.toBeInstanceOf(PreconditionError);
    }
    const { id, secret } = await createWebhook(db, { actor, url, events });
    const listed = await listWebhooks(db, { actor });
    expect(listed).toMatchObject([{ id, url, events: ["run.failed"], enabled: true }]);
    expect(JSON.stringify(listed)).not.toContain(secret);
    await deleteWebhook(db, { actor, id });
    expect(await listWebhooks(db, { actor })).toEqual([]);
  });
});

describe("announceRun", () => {
  it("tells each address of the ends it listens to, and no other", async () => {
    const { db } = test;
    const events = ["run.failed", "run.cancelled"] as const;
    const { id: webhookId, secret } = await createWebhook(db, { actor, url, events });
    const deaf = await createWebhook(db, { actor, url, events });
    await setWebhookEnabled(db, { actor, id: deaf.id, enabled: false });

    const cancelled = await makeRun(db);
    await cancelRun(db, { actor, runId: cancelled.id });
    const failed = await makeRun(db);
    const { stage, attempt } = await begin(db, failed.id, "train-classifier");
    const failure = { code: "x", message: "no memory", retryable: false, stack: null };
    await failStage(db, { runId: failed.id, stage, attempt, failure, final: true });
    const going = await makeRun(db);
    await begin(db, going.id, "train-classifier");
    const result = makeResult("train-classifier");
    await completeStage(db, { runId: going.id, attempt: 1, result });

    const { rows } = await listDeliveries(db, { actor, webhookId });
    expect(rows.map(({ event, payload }) => [event, payload["run"]])).toMatchObject([
      ["run.failed", { id: failed.id, status: "failed", error: "no memory" }],
      ["run.cancelled", { id: cancelled.id, status: "cancelled", error: null }],
    ]);
    expect((await listDeliveries(db, { actor, webhookId: deaf.id })).rows).toEqual([]);

    const [{ id }] = rows as [(typeof rows)[number]];
    expect(await startDelivery(db, id)).toMatchObject({ id, url, secret, event: "run.failed" });
    await recordDelivery(db, { id, responseStatus: 500, error: "HTTP 500", lastTry: false });
    expect(await startDelivery(db, id)).toMatchObject({ id });
    await recordDelivery(db, { id, responseStatus: 204, error: null, lastTry: false });
    expect(await startDelivery(db, id)).toBeNull();
    const { deliveryId } = await pingWebhook(db, { actor, id: webhookId });
    const [newest, ,] = (await listDeliveries(db, { actor, webhookId })).rows;
    expect(newest).toMatchObject({ id: deliveryId, event: "ping", status: "queued", attempts: 0 });
  });
});
