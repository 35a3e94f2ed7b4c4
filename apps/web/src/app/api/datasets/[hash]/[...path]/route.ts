import { artifactHashSchema, datasetKey } from "@seedmask/core/contract";
import { scopeRefusal } from "#server/access.ts";
import { forbidden, notFound, notSignedIn, sendFile } from "#server/send-file.ts";
import { services } from "#server/services.ts";
import { accountOf } from "#server/session.ts";

const PATHS =
  /^(images\/[0-9a-f]{16}(\.(jpg|png))?|masks\/[0-9a-f]{16}\.png|thumbnails\/[0-9a-f]{16}\.webp)$/;

interface Route {
  readonly params: Promise<{ readonly hash: string; readonly path: string[] }>;
}

/** `images/KEY` without an ending finds the file whichever of the two formats it was kept in. */
async function storedPath(hash: string, path: string): Promise<string> {
  if (!/^images\/[0-9a-f]{16}$/.test(path)) return path;
  const jpeg = `${path}.jpg`;
  return (await services().files.exists(datasetKey(hash, jpeg))) ? jpeg : `${path}.png`;
}

export async function GET(request: Request, { params }: Route): Promise<Response> {
  const account = await accountOf(request.headers);
  if (!account) return notSignedIn();
  const refusal = scopeRefusal(account, "dataset:read");
  if (refusal) return forbidden(refusal);
  const { hash, path } = await params;
  const asked = path.join("/");
  if (!artifactHashSchema.safeParse(hash).success || !PATHS.test(asked)) return notFound();
  const key = datasetKey(hash, await storedPath(hash, asked));
  return sendFile({ request, files: services().files, key, etag: `${hash.slice(0, 32)}-${asked}` });
}
