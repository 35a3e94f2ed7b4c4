import { importPreviewKey } from "@seedmask/core/contract";
import { hasRole } from "@seedmask/db";
import { scopeRefusal } from "#server/access.ts";
import { forbidden, notFound, notSignedIn, sendFile } from "#server/send-file.ts";
import { services } from "#server/services.ts";
import { accountOf } from "#server/session.ts";

const FILE = /^\d{1,2}\.(webp|png)$/;

interface Route {
  readonly params: Promise<{ readonly importId: string; readonly file: string }>;
}

/** A sample of a dataset that was checked and not imported yet: for those who may import. */
export async function GET(request: Request, { params }: Route): Promise<Response> {
  const account = await accountOf(request.headers);
  if (!account) return notSignedIn();
  const refusal = scopeRefusal(account, "dataset:write");
  if (refusal) return forbidden(refusal);
  if (!hasRole(account, "maintainer")) return forbidden("Importing needs the role maintainer.");
  const { importId, file } = await params;
  if (!/^[0-9a-z]{1,64}$/.test(importId) || !FILE.test(file)) return notFound();
  const key = importPreviewKey(importId, file);
  return sendFile({ request, files: services().files, key, etag: `${importId}-${file}` });
}
