import {
  imageTypeOf,
  MAX_PREDICTION_BYTES,
  predictionInputKey,
  SeedmaskError,
} from "@seedmask/core/contract";
import { createPrediction, hasRole, newPredictionId } from "@seedmask/db";
import { z } from "zod";
import { scopeRefusal } from "#server/access.ts";
import { isSameOrigin } from "#server/same-origin.ts";
import { forbidden, notSignedIn } from "#server/send-file.ts";
import { services } from "#server/services.ts";
import { accountOf } from "#server/session.ts";

const querySchema = z.object({
  run: z.string().min(1).max(64),
  name: z.string().min(1).max(255),
});

const refuse = (text: string, status: number): Response => new Response(text, { status });
const TOO_LARGE = `The file is larger than ${MAX_PREDICTION_BYTES / 1e6} MB. Scale the image down.`;

/** The body, or null once it exceeds the limit: the length a client states is only its word. */
async function readAtMost(request: Request, limit: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Takes an image and asks a worker to look at it; answers with the id of the prediction. */
export async function POST(request: Request): Promise<Response> {
  if (!isSameOrigin(request)) return forbidden("Requests come from this site.");
  const account = await accountOf(request.headers);
  if (!account) return notSignedIn();
  const refusal = scopeRefusal(account, "run:create");
  if (refusal) return forbidden(refusal);
  if (!hasRole(account, "member")) {
    return forbidden(`Trying a model needs the role member; yours is ${account.role}.`);
  }
  const query = querySchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!query.success) return refuse("Say which run and what the file is called.", 400);
  const bytes = await readAtMost(request, MAX_PREDICTION_BYTES);
  if (bytes === null) return refuse(TOO_LARGE, 413);
  if (imageTypeOf(bytes) === null) {
    return refuse(
      "This is no JPEG, PNG, WebP, TIFF or AVIF image. Its content counts, not its name.",
      415,
    );
  }
  const { database, files } = services();
  const id = newPredictionId();
  await files.put(predictionInputKey(id), bytes);
  try {
    const { run: runId, name } = query.data;
    return Response.json(await createPrediction(database, { actor: account, id, runId, name }));
  } catch (error) {
    await files.delete(predictionInputKey(id));
    if (error instanceof SeedmaskError) return refuse(error.message, 409);
    throw error;
  }
}
