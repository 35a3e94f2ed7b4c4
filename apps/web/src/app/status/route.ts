import { CODE_VERSION } from "#env.ts";
import { isOutdated } from "#server/outdated.ts";
import { services } from "#server/services.ts";
import { readSystemStatus } from "#server/system-status.ts";

export const dynamic = "force-dynamic";

/** For CI and monitors: what works, in JSON; 503 where no page can be served. */
export async function GET(): Promise<Response> {
  const { database, env } = services();
  const report = await readSystemStatus(database, { home: env.SEEDMASK_HOME, isOutdated });
  return Response.json(
    { version: CODE_VERSION, ...report },
    {
      status: report.status === "unavailable" ? 503 : 200,
      headers: { "cache-control": "no-store" },
    },
  );
}
