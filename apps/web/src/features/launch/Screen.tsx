"use client";
import { RECIPES } from "@seedmask/core/contract";
import { buttonStyle } from "@seedmask/ui/primitives/button";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { useQuery } from "@tanstack/react-query";
import { Link } from "#lib/link.tsx";
import { parseAsString, useQueryStates } from "nuqs";
import { PageHeader } from "#features/shell/PageHeader.tsx";
import { useTRPC } from "#trpc/client.tsx";
import { LaunchForm } from "./LaunchForm.tsx";
import { RecipeCards } from "./RecipeCards.tsx";

const DEFAULT_RECIPE = RECIPES[0]!;

/** Recipe cards, then the form of the chosen one; or the form of the run one starts from. */
export function LaunchScreen() {
  const trpc = useTRPC();
  const [{ recipe: name, from, dataset }, setState] = useQueryStates({
    recipe: parseAsString,
    from: parseAsString,
    dataset: parseAsString,
  });
  const parent = useQuery({
    ...trpc.runs.get.queryOptions({ runId: from ?? "" }),
    enabled: from !== null,
  });
  const datasets = useQuery(trpc.datasets.list.queryOptions());
  const recipe = RECIPES.find((one) => one.name === name) ?? DEFAULT_RECIPE;

  if (datasets.isPending || (from !== null && parent.isPending)) {
    return <Loading label="Loading the form" shape="rows" count={8} />;
  }
  if (datasets.isError || parent.isError) {
    return (
      <Failed title="The form could not be made">
        {(datasets.error ?? parent.error)?.message}
      </Failed>
    );
  }
  const origin = from === null ? undefined : parent.data;
  return (
    <>
      <PageHeader
        title="New run"
        description={
          origin
            ? `From ${origin.title ?? origin.name}`
            : "A recipe, a dataset, and what to change."
        }
        actions={
          <Link
            href={origin ? `/sweeps/new?from=${origin.id}` : `/sweeps/new?recipe=${recipe.name}`}
            className={buttonStyle({ variant: "secondary", size: "medium" })}
          >
            Vary fields in a sweep
          </Link>
        }
      />
      {origin ? null : (
        <section className="mb-5">
          <RecipeCards
            chosen={recipe.name}
            onChoose={(chosen) => void setState({ recipe: chosen.name })}
          />
        </section>
      )}
      <LaunchForm
        key={origin?.id ?? recipe.name}
        base={origin?.config ?? recipe.config}
        baseTitle={origin ? (origin.title ?? origin.name) : recipe.title}
        recipe={origin ? origin.recipe : { name: recipe.name, version: recipe.version }}
        parent={origin?.id ?? null}
        datasets={datasets.data}
        dataset={dataset ?? origin?.dataset.hash ?? null}
        onDataset={(hash) => void setState({ dataset: hash })}
      />
    </>
  );
}
