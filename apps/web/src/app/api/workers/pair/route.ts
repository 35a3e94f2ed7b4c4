import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type PairAnswer, pairRequestSchema, SeedmaskError } from "@seedmask/core/contract";
import { pairWorker } from "@seedmask/db";
import { CODE_VERSION } from "#env.ts";
import { bearerOf } from "#server/session.ts";
import { services } from "#server/services.ts";

export const dynamic = "force-dynamic";

/** The database as other machines reach it, where that differs from what this process uses. */
function reachable(databaseUrl: string, host: string | undefined): string {
  if (host === undefined) return databaseUrl;
  const url = new URL(databaseUrl);
  url.host = host;
  return url.href;
}

/** Where a worker that holds a pairing token finds the database and the data home. */
export async function POST(request: Request): Promise<Response> {
  const token = bearerOf(request.headers);
  if (token === null) return new Response("Send the pairing token as a bearer.", { status: 401 });
  const body = pairRequestSchema.safeParse(await request.json().catch(() => null));
  if (!body.success) return new Response("Say the hostname of the worker.", { status: 400 });
  const { database, env, log } = services();
  try {
    const paired = await pairWorker(database, { token, ...body.data });
    const home = env.SEEDMASK_HOME;
    const proof = { path: `work/pairing-${paired.id}`, text: randomBytes(16).toString("hex") };
    await mkdir(join(home, "work"), { recursive: true });
    await writeFile(join(home, proof.path), proof.text);
    const databaseUrl = reachable(paired.databaseUrl, env.SEEDMASK_DATABASE_HOST);
    const answer: PairAnswer = { ...paired, databaseUrl, home, proof, version: CODE_VERSION };
    log.info({ worker: paired.id, hostname: body.data.hostname }, "worker paired");
    return Response.json(answer, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    if (!(error instanceof SeedmaskError)) throw error;
    const status = error.code === "conflict" ? 409 : 403;
    return new Response(error.message, { status });
  }
}
