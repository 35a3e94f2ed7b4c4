"use client";
import { useQuery } from "@tanstack/react-query";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect } from "react";
import { useTRPC } from "#trpc/client.tsx";
import type { RouterInputs, RouterOutputs } from "#trpc/types.ts";
import { VIEW_PARAMETER, viewQuery } from "./view-query.ts";

export type ViewPage = RouterInputs["views"]["list"]["page"];
type SavedView = RouterOutputs["views"]["get"];

/** The view an address names. One that names nothing else is filled with what the view keeps. */
export function useOpenView(page: ViewPage): SavedView | null {
  const trpc = useTRPC();
  const router = useRouter();
  const path = usePathname();
  const params = useSearchParams();
  const id = params.get(VIEW_PARAMETER);
  const bare = viewQuery(params) === "";
  const view = useQuery({
    ...trpc.views.get.queryOptions({ id: id ?? "" }),
    enabled: id !== null,
    retry: false,
  });
  const query = view.data?.page === page ? view.data.query : null;
  useEffect(() => {
    if (id === null || !bare || !query) return;
    router.replace(`${path}?${query}&${VIEW_PARAMETER}=${id}`);
  }, [router, path, id, bare, query]);
  return (view.data?.page === page && view.data) || null;
}
