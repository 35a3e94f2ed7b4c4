import { scopeRefusal } from "#server/access.ts";
import { bundledFiles } from "#lib/file-bundles.ts";
import { forbidden, notSignedIn, sendBundle } from "#server/send-file.ts";
import { services } from "#server/services.ts";
import { accountOf } from "#server/session.ts";

const SCOPES = [
  ["datasets/", "dataset:read"],
  ["artifacts/", "run:read"],
] as const;

/** Many small files in one answer: what a screen of a gallery needs, without a request a tile. */
export async function GET(request: Request): Promise<Response> {
  const account = await accountOf(request.headers);
  if (!account) return notSignedIn();
  const keys = bundledFiles(new URL(request.url).searchParams);
  if (keys === null) {
    return new Response("bundle: expected 1…200 thumbnails or masks, got another request.", {
      status: 400,
    });
  }
  for (const [folder, scope] of SCOPES) {
    const refusal = keys.some((key) => key.startsWith(folder)) && scopeRefusal(account, scope);
    if (refusal) return forbidden(refusal);
  }
  return sendBundle(services().files, keys);
}
