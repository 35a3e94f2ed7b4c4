import "server-only";
import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { headers } from "next/headers";
import { cache, type ReactNode } from "react";
import { createContext } from "#server/context.ts";
import { appRouter } from "#server/root.ts";
import { makeQueryClient } from "./query-client.ts";

/** One per request. */
export const getQueryClient = cache(makeQueryClient);

/** The same procedures without a request between, for pages that fetch before they are sent. */
export const trpc = createTRPCOptionsProxy({
  ctx: cache(async () => createContext(await headers())),
  router: appRouter,
  queryClient: getQueryClient,
});

/** Hands what was fetched here to the queries of the screen inside. */
export function Hydrate({ children }: { readonly children: ReactNode }) {
  return <HydrationBoundary state={dehydrate(getQueryClient())}>{children}</HydrationBoundary>;
}
