"use client";
import { RECIPES } from "@seedmask/core/contract";
import { useQuery } from "@tanstack/react-query";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useTRPC } from "#trpc/client.tsx";
import type { Run } from "./use-run.ts";

const SOURCES = ["parent", "recipe"] as const;
type Source = (typeof SOURCES)[number];

interface ConfigBase {
  /** What the config is compared with; null where there is nothing, or not yet. */
  readonly config: unknown;
  readonly title: string;
  readonly against: Source;
  readonly choices: { readonly value: Source; readonly label: string }[];
  readonly choose: (source: Source) => void;
}

/** The config a run's own is compared with: that of the run it was made from, or of its recipe. */
export function useConfigBase(run: Run): ConfigBase {
  const trpc = useTRPC();
  const [asked, setAsked] = useQueryState("against", parseAsStringLiteral(SOURCES));
  const recipe = RECIPES.find(({ name }) => name === run.recipe?.name);
  const choices = [
    ...(run.parent === null ? [] : [{ value: "parent" as const, label: "Parent" }]),
    ...(recipe ? [{ value: "recipe" as const, label: "Recipe" }] : []),
  ];
  const against =
    choices.find(({ value }) => value === asked)?.value ?? choices[0]?.value ?? "recipe";
  const parent = useQuery({
    ...trpc.runs.get.queryOptions({ runId: run.parent ?? "" }),
    enabled: against === "parent" && run.parent !== null,
    retry: false,
  });
  const common = { against, choices, choose: (source: Source) => void setAsked(source) };
  if (choices.length === 0) return { ...common, config: null, title: "A config of its own" };
  if (against === "recipe") {
    return { ...common, config: recipe?.config ?? null, title: recipe?.title ?? "its recipe" };
  }
  const title = parent.isError ? "The run it was made from is gone" : "Loading its parent";
  return parent.data
    ? { ...common, config: parent.data.config, title: parent.data.title ?? parent.data.name }
    : { ...common, config: null, title };
}
