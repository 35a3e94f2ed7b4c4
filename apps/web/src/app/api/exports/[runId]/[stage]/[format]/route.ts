import { Readable } from "node:stream";
import { STAGES } from "@seedmask/core/contract";
import { NotFoundError } from "@seedmask/db";
import { EXPORT_FORMATS, type ExportFormat, exportFileName } from "@seedmask/db/exchange/exports";
import { z } from "zod";
import { scopeRefusal } from "#server/access.ts";
import { forbidden, notFound, notSignedIn } from "#server/send-file.ts";
import { services } from "#server/services.ts";
import { accountOf } from "#server/session.ts";

const formats = Object.keys(EXPORT_FORMATS) as [ExportFormat, ...ExportFormat[]];
const paramsSchema = z.object({
  runId: z.string().regex(/^[0-9a-z]{1,64}$/),
  stage: z.enum(STAGES),
  format: z.enum(formats),
});

interface Route {
  readonly params: Promise<Record<string, string>>;
}

/** Masks or results of a stage as one download, written while it is read. */
export async function GET(request: Request, { params }: Route): Promise<Response> {
  const account = await accountOf(request.headers);
  if (!account) return notSignedIn();
  const refusal = scopeRefusal(account, "run:read");
  if (refusal) return forbidden(refusal);
  const parsed = paramsSchema.safeParse(await params);
  if (!parsed.success) return notFound();
  const { runId, stage, format } = parsed.data;
  const { database: db, files } = services();
  try {
    const { type, write } = EXPORT_FORMATS[format];
    const stream = await write({ db, files }, { runId, stage });
    return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, {
      headers: {
        "content-type": type,
        "content-disposition": `attachment; filename="${exportFileName(runId, stage, format)}"`,
        "cache-control": "private, no-store",
      },
    });
  } catch (error) {
    if (error instanceof NotFoundError) return new Response(error.message, { status: 404 });
    throw error;
  }
}
