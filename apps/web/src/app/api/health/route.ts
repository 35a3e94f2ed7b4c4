import { pingDatabase } from "@seedmask/db";
import { CODE_VERSION } from "#env.ts";
import { services } from "#server/services.ts";

export const dynamic = "force-dynamic";

/** For start scripts and monitors: 200 once requests can be served. */
export async function GET(): Promise<Response> {
  try {
    const { milliseconds } = await pingDatabase(services().database);
    return Response.json({ status: "ok", version: CODE_VERSION, database: { milliseconds } });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return Response.json({ status: "unavailable", version: CODE_VERSION, reason }, { status: 503 });
  }
}
