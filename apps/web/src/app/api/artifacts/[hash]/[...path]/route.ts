import { artifactHashSchema, artifactKey } from "@seedmask/core/contract";
import { hasRole } from "@seedmask/db";
import { scopeRefusal } from "#server/access.ts";
import { forbidden, notFound, notSignedIn, sendFile } from "#server/send-file.ts";
import { services } from "#server/services.ts";
import { accountOf } from "#server/session.ts";

/** The only files an artefact can have that a browser has use for. */
const PATHS =
  /^(manifest\.json|model\.safetensors|masks\/[0-9a-f]{16}\.png|images\/[0-9a-f]{16}\.jpg|(scores|probes)\/[0-9a-f]{16}\.safetensors)$/;

interface Route {
  readonly params: Promise<{ readonly hash: string; readonly path: string[] }>;
}

export async function GET(request: Request, { params }: Route): Promise<Response> {
  const account = await accountOf(request.headers);
  if (!account) return notSignedIn();
  const refusal = scopeRefusal(account, "run:read");
  if (refusal) return forbidden(refusal);
  const { hash, path } = await params;
  const file = path.join("/");
  if (!artifactHashSchema.safeParse(hash).success || !PATHS.test(file)) return notFound();
  if (file === "model.safetensors" && !hasRole(account, "member")) {
    return forbidden("Downloading weights needs the role member.");
  }
  const key = artifactKey(hash, file);
  return sendFile({ request, files: services().files, key, etag: `${hash.slice(0, 32)}-${file}` });
}
