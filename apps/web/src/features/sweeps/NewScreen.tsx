"use client";
import { RECIPES } from "@seedmask/core/contract";
import { buttonStyle } from "@seedmask/ui/primitives/button";
import { Empty } from "@seedmask/ui/states/empty";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { useQuery } from "@tanstack/react-query";
import { Link } from "#lib/link.tsx";
import { parseAsString, useQueryStates } from "nuqs";
import { PageHeader } from "#features/shell/PageHeader.tsx";
import { useTRPC } from "#trpc/client.tsx";
import { SweepForm } from "./SweepForm.tsx";

/** A recipe or an earlier run, a dataset, and the fields to vary. */
export function NewSweepScreen() {
  const trpc = useTRPC();
  const [state, setState] = useQueryStates({
    recipe: parseAsString,
    from: parseAsString,
    dataset: parseAsString,
  });
  const datasets = useQuery(trpc.datasets.list.queryOptions());
  const parent = useQuery({
    ...trpc.runs.get.queryOptions({ runId: state.from ?? "" }),
    enabled: state.from !== null,
  });
  if (datasets.isPending || (state.from !== null && parent.isPending)) {
    return <Loading label="Loading the form" shape="rows" count={6} />;
  }
  if (datasets.isError || parent.isError) {
    return (
      <Failed title="The form could not be made">
        {(datasets.error ?? parent.error)?.message}
      </Failed>
    );
  }
  const origin = state.from === null ? undefined : parent.data;
  const recipe = RECIPES.find(({ name }) => name === state.recipe) ?? RECIPES[0]!;
  const dataset =
    datasets.data.find(({ hash }) => hash === (state.dataset ?? origin?.dataset.hash)) ??
    datasets.data[0];
  return (
    <>
      <PageHeader
        title="New sweep"
        description={
          origin
            ? `Varies ${origin.title ?? origin.name}`
            : "A recipe, a dataset, and the fields to vary."
        }
      />
      {dataset ? (
        <SweepForm
          key={origin?.id ?? recipe.name}
          config={origin?.config ?? recipe.config}
          recipe={origin ? origin.recipe : { name: recipe.name, version: recipe.version }}
          parent={origin?.id ?? null}
          datasets={datasets.data}
          dataset={dataset}
          onRecipe={(name) => void setState({ recipe: name, from: null })}
          onDataset={(hash) => void setState({ dataset: hash })}
        />
      ) : (
        <Empty
          title="No dataset yet"
          action={
            <Link
              href="/datasets/import"
              className={buttonStyle({ variant: "primary", size: "medium" })}
            >
              Import a dataset
            </Link>
          }
        />
      )}
    </>
  );
}
