import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { createContext } from "#server/context.ts";
import { appRouter } from "#server/root.ts";
import { isSameOrigin } from "#server/same-origin.ts";

async function handle(request: Request): Promise<Response> {
  if (!isSameOrigin(request)) return new Response("Requests come from this site.", { status: 403 });
  return fetchRequestHandler({
    endpoint: "/api/trpc",
    req: request,
    router: appRouter,
    createContext: () => createContext(request.headers),
  });
}

export { handle as GET, handle as POST };
