import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { artifactKey, maskPath, predictionInputKey } from "@seedmask/core/contract";
import {
  closeDatabase,
  completeStage,
  createApiToken,
  setUserRole,
  SYSTEM_ACTOR,
} from "@seedmask/db";
import {
  begin,
  createTestDatabase,
  makeActor,
  makeEvaluation,
  makeResult,
  makeRun,
  recordDataset,
  sha256,
  type TestDatabase,
} from "@seedmask/db/testing";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

// The package throws wherever the bundler has not marked the code as the server's.
vi.mock("server-only", () => ({}));

let test: TestDatabase;
let home: string;
let runId: string;
let imageKey: string;
let token: string;
let owner: string;
const artifact = sha256("masks");
/** Grey PNG of label ids, rows 0 1 1 and 2 255 1. */
const MASK =
  "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAAAAAC4HznGAAAAEElEQVR4XmNgYGRkYPrPCAACGAEFHjG8wwAAAABJRU5ErkJggg==";

beforeAll(async () => {
  test = await createTestDatabase();
  home = await mkdtemp(join(tmpdir(), "seedmask-web-"));
  process.env["DATABASE_URL"] = test.url;
  process.env["SEEDMASK_HOME"] = home;
  process.env["LOG_LEVEL"] = "silent";
  const dataset = await recordDataset(test.db);
  ({ id: runId } = await makeRun(test.db, { dataset }));
  await begin(test.db, runId, "train-classifier");
  await completeStage(test.db, { runId, attempt: 1, result: makeResult("train-classifier") });
  await begin(test.db, runId, "make-seeds");
  const evaluation = makeEvaluation(dataset, { stage: "make-seeds", artifact });
  const result = makeResult("make-seeds", {
    outputs: { seed: artifact },
    evaluations: [evaluation],
  });
  await completeStage(test.db, { runId, attempt: 1, result });

  imageKey = dataset.images[0]!.key;
  const mask = Buffer.from(MASK, "base64");
  const files = [{ path: maskPath(imageKey), bytes: mask.length, sha256: sha256("mask") }];
  const manifest = { schemaVersion: 1, kind: "seed", dataset: dataset.hash, meta: {}, files };
  await mkdir(join(home, artifactKey(artifact, "masks")), { recursive: true });
  await writeFile(join(home, artifactKey(artifact, maskPath(imageKey))), mask);
  await writeFile(join(home, artifactKey(artifact, "manifest.json")), JSON.stringify(manifest));

  const actor = await makeActor(test.db, "member");
  owner = actor.id!;
  const scopes = ["run:read"] as const;
  ({ token } = await createApiToken(test.db, { actor, name: "ci", scopes, expiresInDays: 1 }));
});
afterAll(async () => {
  const { services } = await import("./services.ts");
  await (await services().feed).close();
  await closeDatabase(services().database);
  await rm(home, { recursive: true });
  await test.drop();
});

const request = (path: string, init: RequestInit = {}, bearer: string | null = token): Request =>
  new Request(`http://localhost${path}`, {
    ...init,
    headers: {
      ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
      "content-type": "application/json",
    },
  });

async function procedure(path: string, input: unknown, method = "GET", bearer?: string) {
  const { GET, POST } = await import("#app/api/trpc/[trpc]/route.ts");
  const body = JSON.stringify({ json: input });
  const response =
    method === "GET"
      ? await GET(request(`/api/trpc/${path}?input=${encodeURIComponent(body)}`, {}, bearer))
      : await POST(request(`/api/trpc/${path}`, { method, body }, bearer));
  return { status: response.status, text: await response.text() };
}

const mask = async (bearer: string | null = token): Promise<Response> => {
  const { GET } = await import("#app/api/artifacts/[hash]/[...path]/route.ts");
  const path = ["masks", `${imageKey}.png`];
  return GET(request("/", {}, bearer), { params: Promise.resolve({ hash: artifact, path }) });
};

const exported = async (format: string, bearer: string | null = token): Promise<Response> => {
  const { GET } = await import("#app/api/exports/[runId]/[stage]/[format]/route.ts");
  const params = Promise.resolve({ runId, stage: "make-seeds", format });
  return GET(request("/", {}, bearer), { params });
};

describe("a bearer token", () => {
  it("reads what its scope allows and changes nothing", async () => {
    const read = await procedure("runs.get", { runId });
    expect(read.status).toBe(200);
    expect(JSON.parse(read.text).result.data.json.id).toBe(runId);
    const cancelled = await procedure("runs.cancel", { runId }, "POST");
    expect(cancelled.status).toBe(403);
    expect(cancelled.text).toContain("lacks the scope run:write");
    expect((await procedure("tokens.list", null)).status).toBe(403);
    expect((await mask()).status).toBe(200);
  });

  it("is nobody where it is wrong", async () => {
    expect((await procedure("runs.get", { runId }, "GET", "smk_wrong")).status).toBe(401);
    expect((await mask("smk_wrong")).status).toBe(401);
    expect((await mask(null)).status).toBe(401);
    expect((await exported("voc", null)).status).toBe(401);
  });

  it("opens no dataset without its scope", async () => {
    const { GET } = await import("#app/api/datasets/[hash]/[...path]/route.ts");
    const path = ["thumbnails", `${imageKey}.webp`];
    const params = Promise.resolve({ hash: artifact, path });
    expect((await GET(request("/"), { params })).status).toBe(403);
  });

  it("never does more than its owner may at that moment", async () => {
    const scopes = ["run:write"] as const;
    const actor = { id: owner, name: "x", role: "member" } as const;
    const wide = await createApiToken(test.db, { actor, name: "x", scopes, expiresInDays: 1 });
    await setUserRole(test.db, { actor: SYSTEM_ACTOR, userId: owner, role: "viewer" });
    const refused = await procedure("runs.cancel", { runId }, "POST", wide.token);
    expect(refused.status).toBe(403);
    expect(refused.text).toContain("needs the role member");
  });
});

describe("a bundle of files", () => {
  const bundle = async (query: string, bearer: string | null = token): Promise<Response> => {
    const { GET } = await import("#app/api/bundles/route.ts");
    return GET(request(`/api/bundles?${query}`, {}, bearer));
  };
  const masks = `f=artifacts/${artifact}/masks`;

  it("holds the files in the order asked for, and says which is not there", async () => {
    const response = await bundle(`${masks}:${imageKey}.${"0".repeat(16)}`);
    expect(response.headers.get("cache-control")).toBe("no-store");
    const bytes = Buffer.from(await response.arrayBuffer());
    const head = bytes.subarray(4, 4 + bytes.readUInt32LE());
    const file = Buffer.from(MASK, "base64");
    expect(JSON.parse(head.toString())).toEqual([file.length, null]);
    expect(bytes.subarray(4 + head.length).equals(file)).toBe(true);
  });

  it("asks for the scope of each folder it reads", async () => {
    expect((await bundle(`${masks}:${imageKey}`, null)).status).toBe(401);
    expect((await bundle(`${masks}:${imageKey}`)).status).toBe(200);
    const both = `${masks}:${imageKey}&f=datasets/${artifact}/thumbnails:${imageKey}`;
    expect((await bundle(both)).status).toBe(403);
    expect((await bundle(`f=secrets.json:${imageKey}`)).status).toBe(400);
  });
});

describe("exports", () => {
  it("gives masks as a zip in VOC layout", async () => {
    const response = await exported("voc");
    expect(response.headers.get("content-disposition")).toContain(`${runId}-make-seeds-voc.zip`);
    const text = Buffer.from(await response.arrayBuffer()).toString("latin1");
    expect(text.startsWith("PK")).toBe(true);
    for (const name of [
      "SegmentationClass/image-00000.png",
      "ImageSets/Segmentation/train.txt",
      "classes.txt",
      "provenance.json",
    ]) {
      expect(text).toContain(name);
    }
  });

  it("gives one region a label as COCO, ignored pixels in none", async () => {
    const results = (await (await exported("coco")).json()) as unknown[];
    expect(results).toEqual([
      {
        image_id: "image-00000",
        category_id: 1,
        segmentation: { size: [2, 3], counts: "2111" },
        score: 1,
      },
      {
        image_id: "image-00000",
        category_id: 2,
        segmentation: { size: [2, 3], counts: "114" },
        score: 1,
      },
    ]);
  });

  it("gives counts by image and figures by class as CSV, an absent class with empty cells", async () => {
    const images = (await (await exported("csv")).text()).split("\r\n");
    expect(images[0]).toMatch(/^image,split,label,class,iou/);
    expect(images[1]).toBe("image-00003,val,0,background,1,1,1,100,0,0");
    const classes = await (await exported("classes")).text();
    expect(classes).toContain("val,2,2,square,,,");
    expect(classes).toContain("val,2,,mean,0.5,,");
  });

  it("says which stages have masks where the asked one has none", async () => {
    const { GET } = await import("#app/api/exports/[runId]/[stage]/[format]/route.ts");
    const params = Promise.resolve({ runId, stage: "predict", format: "voc" });
    const response = await GET(request("/"), { params });
    expect(response.status).toBe(404);
    expect(await response.text()).toContain("Stages with masks: make-seeds");
  });
});

describe("POST /api/predictions", () => {
  const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16);
  let trainedRun: string;

  beforeAll(async () => {
    ({ id: trainedRun } = await makeRun(test.db));
    await begin(test.db, trainedRun, "train-classifier");
    const outputs = { "classifier-checkpoint": sha256("classifier") };
    const result = makeResult("train-classifier", { outputs });
    await completeStage(test.db, { runId: trainedRun, attempt: 1, result });
  });

  async function predict(body: Uint8Array, bearer: string | null, run = runId): Promise<Response> {
    const { POST } = await import("#app/api/predictions/route.ts");
    const init = { method: "POST", body: new Blob([Uint8Array.from(body)]) };
    return POST(request(`/api/predictions?run=${run}&name=cat.jpg`, init, bearer));
  }
  async function tokenOf(role: "viewer" | "member"): Promise<string> {
    const actor = await makeActor(test.db, role);
    const scopes = ["run:create"] as const;
    return (await createApiToken(test.db, { actor, name: "x", scopes, expiresInDays: 1 })).token;
  }

  it("refuses who is nobody, a token without the scope, and a viewer", async () => {
    expect((await predict(JPEG, null)).status).toBe(401);
    expect((await predict(JPEG, token)).status).toBe(403);
    const refused = await predict(JPEG, await tokenOf("viewer"));
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain("needs the role member");
  });

  it("goes by content, not by name, and takes no more than it says", async () => {
    const bearer = await tokenOf("member");
    const text = await predict(new TextEncoder().encode("<svg onload=alert(1)>"), bearer);
    expect(text.status).toBe(415);
    const large = new Uint8Array(25_000_001);
    large.set(JPEG);
    expect((await predict(large, bearer)).status).toBe(413);
  });

  it("keeps nothing where the run has no network, and a job where it has one", async () => {
    const bearer = await tokenOf("member");
    const { id: untrained } = await makeRun(test.db);
    const none = await predict(JPEG, bearer, untrained);
    expect(none.status).toBe(409);
    expect(await none.text()).toContain("expected a trained network");
    expect(await readdir(join(home, "predictions")).catch(() => [])).toEqual([]);
    const asked = await predict(JPEG, bearer, trainedRun);
    expect(asked.status).toBe(200);
    const { id } = (await asked.json()) as { id: string };
    expect(await readFile(join(home, predictionInputKey(id)))).toEqual(Buffer.from(JPEG));
    const state = await procedure("predictions.get", { id });
    expect(JSON.parse(state.text).result.data.json).toMatchObject({
      status: "queued",
      run: trainedRun,
    });
  });
});
