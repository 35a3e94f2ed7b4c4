"use client";
import { RECIPES, type Recipe } from "@seedmask/core/contract";
import { cx } from "@seedmask/ui/cx";
import { Badge } from "@seedmask/ui/primitives/badge";
import { formatIou } from "@seedmask/ui/format";

interface RecipeCardsProps {
  readonly chosen: string | null;
  readonly onChoose: (recipe: Recipe) => void;
}

const REFINEMENTS = {
  none: [],
  "dense-crf": ["dense CRF"],
  affinity: ["AffinityNet"],
  irn: ["IRNet"],
  imported: ["imported seeds"],
} as const satisfies Readonly<Record<Recipe["config"]["refinement"]["kind"], readonly string[]>>;

function facts({ config }: Recipe): string {
  const refinement = REFINEMENTS[config.refinement.kind];
  return [config.backbone.name, ...refinement, `DeepLab ${config.segmenter.head}`].join(" · ");
}

export function RecipeCards({ chosen, onChoose }: RecipeCardsProps) {
  return (
    <div role="radiogroup" aria-label="Recipe" className="grid gap-3 sm:grid-cols-2 xl:grid-cols-4">
      {RECIPES.map((recipe) => (
        <button
          key={recipe.name}
          type="button"
          role="radio"
          aria-checked={recipe.name === chosen}
          onClick={() => onChoose(recipe)}
          className={cx(
            "flex flex-col gap-2 rounded-lg border bg-surface p-4 text-left hover:border-line-strong",
            recipe.name === chosen ? "border-accent ring-1 ring-accent" : "border-line",
          )}
        >
          <span className="flex flex-wrap items-center gap-2">
            <span className="font-medium">{recipe.title}</span>
            {recipe.config.supervision === "masks" ? (
              <Badge tone="violet">upper reference</Badge>
            ) : null}
          </span>
          <span className="flex-1 text-sm text-ink-2">{recipe.description}</span>
          <span className="text-xs text-ink-3">{facts(recipe)}</span>
          {recipe.expected ? (
            <span className="text-xs text-ink-3 tabular-nums">
              mIoU {formatIou(recipe.expected.low)} … {formatIou(recipe.expected.high)} on{" "}
              {recipe.expected.dataset} ({recipe.expected.source})
            </span>
          ) : null}
        </button>
      ))}
    </div>
  );
}
