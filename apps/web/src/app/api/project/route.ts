import { Readable } from "node:stream";
import { hasRole } from "@seedmask/db";
import { ARTIFACT_CHOICES, exportProject, projectFileName } from "@seedmask/db/exchange/project";
import { z } from "zod";
import { CODE_VERSION } from "#env.ts";
import { scopeRefusal } from "#server/access.ts";
import { isSameOrigin } from "#server/same-origin.ts";
import { forbidden, notSignedIn } from "#server/send-file.ts";
import { services } from "#server/services.ts";
import { accountOf } from "#server/session.ts";

export const dynamic = "force-dynamic";

const choiceSchema = z.object({
  artifacts: z.enum(ARTIFACT_CHOICES).default("masks"),
  images: z.enum(["yes", "no"]).default("yes"),
});

/** The whole project as one download, written while it is read. */
export async function GET(request: Request): Promise<Response> {
  if (!isSameOrigin(request)) return forbidden("Requests come from this site.");
  const account = await accountOf(request.headers);
  if (!account) return notSignedIn();
  const refusal = scopeRefusal(account, undefined);
  if (refusal) return forbidden(refusal);
  if (!hasRole(account, "admin")) return forbidden("Exporting the project needs the role admin.");
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const choice = choiceSchema.safeParse(query);
  if (!choice.success) return new Response(z.prettifyError(choice.error), { status: 400 });
  const { artifacts, images } = choice.data;
  const { database: db, files } = services();
  const stream = await exportProject(
    { db, files },
    { actor: account, codeVersion: CODE_VERSION, artifacts, images: images === "yes" },
  );
  return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, {
    headers: {
      "content-type": "application/zip",
      "content-disposition": `attachment; filename="${projectFileName(new Date())}"`,
      "cache-control": "private, no-store",
    },
  });
}
