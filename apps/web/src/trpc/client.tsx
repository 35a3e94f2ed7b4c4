"use client";
import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import {
  createTRPCClient,
  httpBatchStreamLink,
  httpSubscriptionLink,
  splitLink,
} from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { type ReactNode, useState } from "react";
import superjson from "superjson";
import { makeQueryClient } from "./query-client.ts";
import type { AppRouter } from "./types.ts";

const context = createTRPCContext<AppRouter>();
const { TRPCProvider } = context;
export const { useTRPC, useTRPCClient } = context;

let browserClient: QueryClient | undefined;
const queryClient = (): QueryClient =>
  typeof window === "undefined" ? makeQueryClient() : (browserClient ??= makeQueryClient());

const address = (): string =>
  typeof window === "undefined" ? "http://localhost/api/trpc" : "/api/trpc";

const makeClient = () =>
  createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: httpSubscriptionLink({ url: address(), transformer: superjson }),
        false: httpBatchStreamLink({
          url: address(),
          transformer: superjson,
          maxItems: 20,
          // A whole config is asked about in the address; a batch with one stays below its limit.
          maxURLLength: 12_000,
        }),
      }),
    ],
  });

export function DataProvider({ children }: { readonly children: ReactNode }) {
  const queries = queryClient();
  const [client] = useState(makeClient);
  return (
    <QueryClientProvider client={queries}>
      <TRPCProvider trpcClient={client} queryClient={queries}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}
